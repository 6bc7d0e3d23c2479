"""Every role tries every action in every way there is; the table alone says what comes of it.

The cells are generated from `dialogs.people.MAY`, and docs/rights.md shows the same table: a right
that changes changes there, where a reviewer sees it.
"""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import get_args

import pytest

from dialogs import desk, tokens
from dialogs.cards import mark
from dialogs.events import Event, Invited, Pressed, Said, Shared, Submitted
from dialogs.files import attached
from dialogs.flow import Dialogue
from dialogs.people import (
    MAY,
    OF_OTHERS_CASES,
    OF_OWN_CASES,
    Action,
    Address,
    Person,
    Who,
    may,
    who_is,
)
from dialogs.shows import Notice
from dialogs.turns import Conversation, Turn
from tests.dialogs.office import RULES, Office, colleague, seat

CODE = "0123456789abcdefghijkl"
PHOTO = attached("telegram", "F1", "photo.jpg", 5)
TOLD = "Met Mr Peters at Airbus GmbH yesterday 2pm"
HOME = seat("kim")
OWNER = colleague("sam", "sales", "telegram", "slack")
BOSS = colleague("mia", "management", "telegram", "slack")
ACTIONS: tuple[Action, ...] = get_args(Action)


def crm(role: str, made: str) -> Person:
    return colleague("kim", role, "telegram", "slack", login="kim@example.com", crm_role=made)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who tries, and whether the cases at hand are their own."""

    person: Person | None
    address: Address = HOME
    own: bool = True


ACTORS = {
    "stranger": Actor(None),
    "sales": Actor(colleague("kim", "sales", "telegram", "slack")),
    "sales, by the CRM": Actor(crm("management", "sales")),
    "other sales": Actor(colleague("kim", "sales", "telegram", "slack"), own=False),
    "management": Actor(colleague("kim", "management", "telegram", "slack"), own=False),
    "management, own case": Actor(colleague("kim", "management", "telegram", "slack")),
    "bounded to sales": Actor(crm("sales", "management"), own=False),
    "demoted manager": Actor(crm("management", "sales"), own=False),
    "archived manager": Actor(crm("management", "gone"), own=False),
    "without groups": Actor(crm("management", "none"), own=False),
    "group": Actor(colleague("kim", "group", "telegram", "slack"), own=False),
    "admin": Actor(colleague("kim", "admin", "telegram", "slack"), own=False),
    "guest": Actor(BOSS, replace(HOME, outside="guest")),
    "Slack Connect stranger": Actor(BOSS, replace(HOME, outside="foreign")),
    "bot": Actor(BOSS, replace(HOME, outside="bot")),
    "deleted user": Actor(BOSS, replace(HOME, outside="deleted")),
}


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
RECORDING = _under_way("record", "case9")


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


def _answered(_: Office, __: str, turn: Turn) -> bool:
    talk = turn.conversation.dialogues
    return not talk or bool(talk[0].answers.keys() - {"verdict"})


def _shown(_: Office, __: str, turn: Turn) -> bool:
    """Something was told, nobody was refused, and nobody was told how to be linked."""
    texts = (say.show.text for say in turn.says if isinstance(say.show, Notice))
    return bool(turn.says) and not turn.audit and "people add" not in "".join(texts)


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
    Way("tasks", "tasks", lambda _: Said("tasks"), _asked),
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


def _office(actor: Actor) -> tuple[Office, str]:
    """Cases of the actor's own, or of Sam's; a question about one is open."""
    people = [one for one in (OWNER, BOSS) if actor.person is None or one.id != actor.person.id]
    office = Office.of(*people, *([actor.person] if actor.person else []))
    if actor.person:
        there = replace(actor.person, addresses=(actor.address, *actor.person.addresses[1:]))
        office.people[there.id] = there
    talk = office.talk_at(actor.address)
    owner = talk if actor.own and actor.person else "sam"
    office.has_asked(owner)
    office.has_recorded(owner)
    if owner != talk:  # as if a forged or an old list named somebody else's cases
        theirs = replace(office.conversation("sam"), id=talk)
        office.conversations[talk] = theirs
    office.gives(CODE, OWNER)
    return office, talk


def _expected(actor: Actor, action: Action) -> bool:
    """What the table says, ownership included."""
    granted = action in MAY[who_is(actor.person, actor.address)]
    if action in OF_OWN_CASES:
        return granted and actor.own
    return granted and not (action in OF_OTHERS_CASES and actor.own)


CELLS = [
    pytest.param(actor, way, id=f"{name}-{way.action}-{way.name}")
    for name, actor in ACTORS.items()
    for way in WAYS
]


@pytest.mark.parametrize(("actor", "way"), CELLS)
def test_the_table_alone_decides(actor: Actor, way: Way) -> None:
    office, talk = _office(actor)
    office.conversations[talk] = way.before(office.conversation(talk))
    asked = office.cases["case1"].owner
    turn = office.happens(talk, way.event(talk), actor.address)
    while office.inquiries:
        office.answers("sales_team.group_sale_manager")
    done = way.done(office, talk, turn)
    assert done == _expected(actor, way.action)
    if not done:
        assert _harmless(turn), "what is refused changes nothing"
        assert office.cases["case1"].owner == asked


def _harmless(turn: Turn) -> bool:
    """Nothing was kept for the CRM, for management, for other people, or of a code."""
    quiet = (turn.deliveries, turn.cases, turn.ruling, turn.tells, turn.people, turn.burnt)
    return (
        not any(quiet)
        and turn.person is None
        and not (turn.searches or turn.asks or turn.invitations)
    )


def test_every_action_is_tried_by_every_role() -> None:
    assert {way.action for way in WAYS} == set(ACTIONS)
    assert {who_is(one.person, one.address) for one in ACTORS.values()} == set(get_args(Who))
    assert set(MAY) == set(get_args(Who))


@pytest.mark.parametrize("name", [name for name, one in ACTORS.items() if one.address.outside])
def test_d8_whom_the_platform_calls_no_colleague_is_refused_though_linked(name: str) -> None:
    office, talk = _office(ACTORS[name])
    turn = office.happens(talk, Said("record"), ACTORS[name].address)
    assert _harmless(turn)
    assert [line.action for line in turn.audit] == [f"outside:{ACTORS[name].address.outside}"]
    answered = ACTORS[name].address.outside in {"guest", "foreign"}
    assert bool(turn.says) == answered, "a program is not answered, or two would talk for ever"


@pytest.mark.parametrize("action", ACTIONS)
def test_a_role_that_is_in_no_table_may_nothing(action: Action) -> None:
    archived = colleague("kim", "management", login="k", crm_role="gone")
    assert may(archived, action) == (action == "link"), "their account can become somebody else's"
    assert not may(BOSS, action, replace(HOME, outside="guest"))


HANDLERS = {
    "briefing",
    "filing",
    "joining",
    "decision",
    "keys",
    "linking",
    "news",
    "reception",
    "talk",
    "verdicts",
    "vouching",
    "withdrawal",
}
WITHOUT = {
    "linking.about": "looks only",
    "linking.answered": "for strangers too: the desk asks `link` before",
    "reception.stranger": "refuses",
    "reception.outsider": "refuses",
    "reception.barred": "refuses",
    "keys.of_key": "what the core itself reports",
    "keys.typed": "refuses",
    "reception.forged": "notes what was refused",
    "reception.outdated": "says what is over",
    "decision.turned_away": "refuses",
    "decision.No": "a reason",
    "joining.heard": "what colleagues tell each other",
    "verdicts.decided": "what the core itself reports",
    "vouching.heard": "what the core itself reports",
    "talk.found": "what the core itself reports",
    "news.of_delivery": "what the core itself reports",
}
"""Calls of `dialogs/desk.py` that need no right, each with its reason."""


def test_i8_no_handler_of_the_desk_reaches_its_action_without_the_table() -> None:
    found = list(_unguarded(ast.parse(Path(str(desk.__file__)).read_text())))
    assert sorted(set(found) - set(WITHOUT)) == []
    assert sorted(set(WITHOUT) - set(found)) == [], "these exceptions are not needed any more"


def _unguarded(tree: ast.AST, *, guarded: bool = False) -> Iterator[str]:
    """Calls of handlers that do not stand in a function handed to `allowed`."""
    for node in ast.iter_child_nodes(tree):
        inside = guarded or (isinstance(node, ast.Lambda) and _is_act(tree))
        if isinstance(node, ast.Call) and not inside and (name := _handler(node.func)):
            yield name
        yield from _unguarded(node, guarded=inside)


def _is_act(parent: ast.AST) -> bool:
    if isinstance(parent, ast.Call):
        return isinstance(parent.func, ast.Name) and parent.func.id == "allowed"
    return False


def _handler(called: ast.expr) -> str:
    if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name):
        return f"{called.value.id}.{called.attr}" if called.value.id in HANDLERS else ""
    return ""


def test_i8_a_handler_that_goes_by_is_found() -> None:
    sly = "def f(scene):\n    return talk.answer(scene) if scene else allowed(s, 'x', lambda: 1)"
    assert list(_unguarded(ast.parse(sly))) == ["talk.answer"]
    fair = "def f(scene):\n    return allowed(scene, 'record', lambda: talk.answer(scene))"
    assert list(_unguarded(ast.parse(fair))) == []


def test_i8_the_tables_of_words_are_reached_through_the_one_door_only() -> None:
    """`_ANYWHERE` and `_IN_DIALOGUE` hold handlers: what is taken out is called in `allowed`."""
    source = Path(str(desk.__file__)).read_text()
    taken = [line.strip() for line in source.splitlines() if "= _ANYWHERE[" in line]
    taken += [line.strip() for line in source.splitlines() if "= _IN_DIALOGUE[" in line]
    assert taken == ["action, doing = _ANYWHERE[word]", "doing = _IN_DIALOGUE[word]"]
    calls = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Lambda)]
    assert sum("doing(" in ast.unparse(node) for node in calls) == source.count("doing(")
