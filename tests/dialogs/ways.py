"""What there is to try: for each action the events that would do it. Who tries is in `actors`.

Each way says how one sees that it was done; whether it may be done is `test_rights`' question.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import get_args

from dialogs import tokens
from dialogs.agenda import Engagement
from dialogs.cards import mark
from dialogs.crm import Customer, Staff
from dialogs.events import Event, Invited, Pressed, Said, Shared, Submitted
from dialogs.files import attached
from dialogs.flow import Dialogue
from dialogs.keeper_events import Recorded
from dialogs.people import Action
from dialogs.request_events import Requested
from dialogs.shows import Notice
from dialogs.turns import Conversation, FollowUp, Turn
from tests.dialogs.actors import HOME, OWNER
from tests.dialogs.office import QUALIFY, RULES, Office

CODE = "0123456789abcdefghijkl"
PHOTO = attached("telegram", "F1", "photo.jpg", 5)
TOLD = "Met Mr Peters at Airbus GmbH yesterday 2pm"
ACTIONS: tuple[Action, ...] = get_args(Action)


@dataclass(frozen=True, slots=True)
class Way:
    """One way to try an action: an event, and how one sees that it was done."""

    name: str
    action: Action
    event: Callable[[str], Event]
    done: Callable[[Office, str, Turn], bool]
    before: Callable[[Conversation], Conversation] = lambda conversation: conversation


def _dialogue(form: str, subject: str, **more: object) -> Dialogue:
    flow = RULES.flows[form]
    blank = Dialogue("d1", form, RULES.playbook.edition, "", subject, **more)  # type: ignore[arg-type] # its fields
    return flow.begin(blank)


def _under_way(form: str, subject: str, **more: object) -> Callable[[Conversation], Conversation]:
    dialogue = _dialogue(form, subject, **more)
    return lambda talk: replace(talk, dialogues=(dialogue,), screen=7, live=HOME)


def _opened(form: str) -> Callable[[Office, str, Turn], bool]:
    return lambda _, __, turn: any(one.form == form for one in turn.conversation.dialogues)


INVITED = Invited("i1", "case2", "mia", "Bosch")
REQUESTED = Requested("r1", "case2", "mia", "Bosch", "Who pays?")
RECORDED = Recorded("w1", "case2", "sam", "Bosch", "record", 0, "case2-record-1")
RECORDING = _under_way("record", "case9")


def _informing(talk: Conversation) -> Conversation:
    """A colleague's question is being answered."""
    under_way = _under_way("inform", "r1", answers={"verdict": "given"})
    return replace(under_way(talk), requests=(REQUESTED,))


def _ruled(office: Office, _: str, __: Turn) -> bool:
    return office.approvals["q-case1"].status == "approved"


def _kept_file(_: Office, __: str, turn: Turn) -> bool:
    return any(one.files for one in turn.conversation.dialogues)


def _only(talk: Conversation, case: str) -> Conversation:
    """As if they had only this case."""
    return replace(talk, cases=tuple(one for one in talk.cases if one.id == case))


def _searched(_: Office, __: str, turn: Turn) -> bool:
    return bool(turn.searches)


def _asked(_: Office, __: str, turn: Turn) -> bool:
    return bool(turn.asks)


def _took(office: Office, _: str, turn: Turn) -> bool:
    return bool(turn.deliveries) and bool(office.cases["o9"].owner)


def _answered(_: Office, __: str, turn: Turn) -> bool:
    talk = turn.conversation.dialogues
    return not talk or bool(talk[0].answers.keys() - {"verdict"})


def _shown(_: Office, __: str, turn: Turn) -> bool:
    """Something was told, nobody was refused, and nobody was told how to be linked."""
    texts = (say.show.text for say in turn.says if isinstance(say.show, Notice))
    return bool(turn.says) and not turn.audit and "people add" not in "".join(texts)


def _quiet(_: Office, __: str, turn: Turn) -> bool:
    return turn.conversation.quiet_until > 0


def _met(talk: Conversation) -> Conversation:
    """They were asked about a meeting."""
    meeting = Engagement(7, "Visit", 0, 1, Staff("Kim"), Customer("Airbus", 1))
    return replace(talk, follow_ups=(FollowUp(meeting, "asked"),))


def _gated(_: Office, __: str, turn: Turn) -> bool:
    return any(one.form.startswith("gate-") for one in turn.conversation.dialogues)


def _asked_about(_: Office, __: str, turn: Turn) -> bool:
    """The stage of one case was shown."""
    texts = [say.show.text for say in turn.says if isinstance(say.show, Notice)]
    return any("is in stage" in one for one in texts)


def _notices(turn: Turn) -> str:
    return " ".join(say.show.text for say in turn.says if isinstance(say.show, Notice))


def _card_mark() -> str:
    return mark(RULES, Office.of(OWNER).has_asked("sam").case)


def _form_page(values: dict[str, tuple[str, ...]]) -> Callable[[str], Event]:
    return lambda talk: Submitted(tokens.screen(talk, 7, "form"), values)


def _gone(name: str) -> Callable[[Office, str, Turn], bool]:
    def unlinked(office: Office, talk: str, _: Turn) -> bool:
        person = office.people.get(name or talk)
        return person is not None and "slack" not in {one.channel for one in person.addresses}

    return unlinked


def _left(_: Office, __: str, turn: Turn) -> bool:
    return not turn.conversation.dialogues


WAYS = (
    Way("word", "record", lambda _: Said("record"), _opened("record")),
    Way("command", "record", lambda _: Said("record", command=True), _opened("record")),
    Way(
        "button",
        "record",
        lambda talk: Pressed(tokens.free(talk, "start", "record")),
        _opened("record"),
    ),
    Way("message", "record", lambda _: Said(TOLD), _searched),
    Way("file", "record", lambda _: Shared("photo", (PHOTO,)), _kept_file, RECORDING),
    Way("word", "appoint", lambda _: Said("appointment"), _opened("appointment")),
    Way(
        "button",
        "appoint",
        lambda talk: Pressed(tokens.free(talk, "start", "appointment")),
        _opened("appointment"),
    ),
    Way("command", "prepare", lambda _: Said("prepare Nobody", command=True), _asked),
    Way("button", "prepare", lambda talk: Pressed(tokens.free(talk, "brief", "7")), _asked),
    Way(
        "button",
        "request",
        lambda talk: Pressed(tokens.free(talk, "start", "request", "case2")),
        _asked,
    ),
    Way(
        "button",
        "inform",
        lambda talk: Pressed(tokens.free(talk, "tell", "r1")),
        _opened("inform"),
        lambda talk: replace(talk, requests=(REQUESTED,)),
    ),
    Way(
        "file",
        "inform",
        lambda _: Shared("photo", (PHOTO,)),
        lambda _, __, turn: bool(turn.tells),
        _informing,
    ),
    Way(
        "button",
        "invite",
        lambda talk: Pressed(tokens.free(talk, "start", "participants", "case2")),
        _opened("participants"),
    ),
    Way(
        "button",
        "join",
        lambda talk: Pressed(tokens.free(talk, "come", "i1")),
        _opened("join"),
        lambda talk: replace(talk, invitations=(INVITED,)),
    ),
    Way(
        "button",
        "adopt",
        lambda talk: Pressed(tokens.free(talk, "mine", "w1")),
        lambda _, __, turn: bool(turn.tells),
        lambda talk: replace(talk, recorded=(RECORDED,)),
    ),
    Way(
        "leaving it",
        "adopt",
        lambda talk: Pressed(tokens.free(talk, "fine", "w1")),
        lambda _, __, turn: bool(turn.tells),
        lambda talk: replace(talk, recorded=(RECORDED,)),
    ),
    Way("quiet", "settings", lambda _: Said("quiet this week"), _quiet),
    Way(
        "meeting's button",
        "record",
        lambda talk: Pressed(tokens.free(talk, "met", "7", "now")),
        _opened("record"),
        _met,
    ),
    Way("tasks", "tasks", lambda _: Said("tasks"), _asked),
    Way("button", "tasks", lambda talk: Pressed(tokens.free(talk, "tstart", "7")), _asked),
    Way("button", "leads", lambda talk: Pressed(tokens.free(talk, "ltake", "9")), _took),
    Way(
        "decline",
        "leads",
        lambda talk: Pressed(tokens.free(talk, "lno", "9")),
        _opened("lead_decline"),
    ),
    Way("kpi", "figures", lambda _: Said("kpi last quarter team"), _asked),
    Way("pipeline", "figures", lambda _: Said("pipeline"), _asked),
    Way(
        "button",
        "figures",
        lambda talk: Pressed(tokens.free(talk, "fig", "k~m~20261001-20270101")),
        _asked,
    ),
    Way("word", "process", lambda _: Said("process"), _shown),
    Way("button", "process", lambda talk: Pressed(tokens.free(talk, "process", "case2")), _shown),
    Way("answer", "record", lambda _: Said("Airbus"), _searched, RECORDING),
    Way(
        "form page",
        "record",
        _form_page({"customer": ("Airbus",), "held": ("no",), "why_not": ("Fog",)}),
        _answered,
        RECORDING,
    ),
    Way("word", "assess", lambda _: Said("assess"), _opened("assess")),
    Way(
        "button",
        "assess",
        lambda talk: Pressed(tokens.free(talk, "start", "assess", "case2")),
        _opened("assess"),
    ),
    Way("word", "withdraw", lambda _: Said("withdraw"), lambda o, _, __: _withdrawn(o)),
    Way(
        "button",
        "withdraw",
        lambda talk: Pressed(tokens.free(talk, "withdraw", "case1")),
        lambda office, _, __: _withdrawn(office),
    ),
    Way(
        "card",
        "decide",
        lambda _: Pressed(tokens.card("q-case1", "approved", _mark)),
        _ruled,
    ),
    Way("word", "move", lambda _: Said("park"), _opened("park")),
    Way("word with a name", "move", lambda _: Said("stage bosch"), _asked_about),
    Way("press", "move", lambda talk: Pressed(tokens.free(talk, "tick", "all", "case3")), _gated),
    Way(
        "button",
        "move",
        lambda talk: Pressed(tokens.free(talk, "move", "finished", "case3", QUALIFY)),
        lambda office, _, __: office.cases["case3"].step == "prepare_round",
    ),
    Way(
        "button about a stage",
        "move",
        lambda talk: Pressed(tokens.free(talk, "stage", "case3")),
        _asked_about,
    ),
    Way(
        "onward",
        "move",
        lambda talk: Pressed(tokens.free(talk, "onward", "case2", "0")),
        lambda office, _, __: office.cases["case2"].stage == "qualification",
    ),
    Way(
        "asking back",
        "decide",
        lambda _: Pressed(tokens.card("q-case1", "ask", _mark)),
        _opened("enquiry"),
    ),
    Way(
        "button",
        "answer",
        lambda talk: Pressed(tokens.free(talk, "reply", "q-case1", "0")),
        _opened("reply"),
    ),
    Way(
        "button",
        "hand_over",
        lambda talk: Pressed(tokens.free(talk, "hand", "case4", "0")),
        lambda _, __, turn: "legal" in _notices(turn).casefold(),
    ),
    Way(
        "card",
        "take_over",
        lambda _: Pressed(tokens.card("h-case4", "accepted", "m")),
        lambda office, _, __: office.approvals["h-case4"].status == "approved",
    ),
    Way("word", "mail", lambda _: Said("e-mail"), _asked, lambda talk: _only(talk, "case2")),
    Way(
        "button",
        "mail",
        lambda talk: Pressed(tokens.free(talk, "start", "summary", "case2")),
        _asked,
    ),
    Way(
        "word",
        "inquire",
        lambda _: Said("quotation"),
        _asked,
        lambda talk: _only(talk, "case2"),
    ),
    Way(
        "button",
        "inquire",
        lambda talk: Pressed(tokens.free(talk, "start", "quotation", "case2")),
        _asked,
    ),
    Way(
        "new one",
        "inquire",
        lambda talk: Pressed(tokens.free(talk, "anew", "quotation", "case2")),
        _opened("quotation"),
    ),
    Way("word", "status", lambda _: Said("status"), _shown),
    Way("button", "status", lambda talk: Pressed(tokens.free(talk, "word", "status")), _shown),
    Way("word", "settings", lambda _: Said("deutsch"), lambda *way: way[2].person is not None),
    Way("word", "help", lambda _: Said("help"), _shown),
    Way("greeting", "help", lambda _: Said("hello"), _shown),
    Way("word", "leave", lambda _: Said("cancel"), _left, RECORDING),
    Way(
        "button",
        "leave",
        lambda talk: Pressed(tokens.screen(talk, 7, "cancel")),
        _left,
        RECORDING,
    ),
    Way("code", "link", lambda _: Said(CODE), lambda *way: bool(way[2].burnt)),
    Way(
        "deep link",
        "link",
        lambda _: Said(f"start {CODE}", command=True),
        lambda *way: bool(way[2].burnt),
    ),
    Way(
        "button",
        "unlink",
        lambda talk: Pressed(tokens.free(talk, "unlink", "slack")),
        _gone(""),
    ),
    Way(
        "button",
        "unlink_others",
        lambda talk: Pressed(tokens.free(talk, "unlink", "slack", "sam")),
        _gone("sam"),
    ),
)
_mark = _card_mark()


def _withdrawn(office: Office) -> bool:
    return office.approvals["q-case1"].status == "withdrawn"
