"""A state machine of all that can happen around one form of a playbook, in any order.

It finds the form's questions, kinds and way in by reading the playbook: nothing about a form is
written here. `machine_of` makes the machine for one form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from typing import ClassVar, TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from dialogs import lead_news, tokens
from dialogs.agenda import Engagement, MeetingList
from dialogs.answered import TAKERS
from dialogs.answers import Moment
from dialogs.cards import mark
from dialogs.crm import Customer, Staff
from dialogs.deadlines import KIND, WHATS
from dialogs.events import (
    DayBegun,
    Delayed,
    Delivered,
    Event,
    Fired,
    Found,
    Hit,
    Invited,
    LeadCame,
    LookedUp,
    MeetingEnded,
    MeetingSoon,
    Pressed,
    Refused,
    Requested,
    Said,
    Shared,
    Submitted,
)
from dialogs.files import attached
from dialogs.flow import Dialogue
from dialogs.lead_lookups import Duplicate, DuplicateList, NewLead
from dialogs.library import Library
from dialogs.limits import FILE
from dialogs.lookups import Answer, Duty, DutyList
from dialogs.people import Address, Person
from dialogs.playbook import Form, Question
from dialogs.scene import Scene
from dialogs.shows import Ask, Card, Notice, Review
from dialogs.turns import Approval, Enquiry, Facts, Request, Turn
from tests.dialogs.company import (
    GIL,
    MAX,
    MIA,
    ROOM,
    SAM,
    STAFF,
    STRANGER,
    TOM,
    Company,
    own,
    with_case,
)
from tests.dialogs.crm_answers import CASE, HITS, KNOWN
from tests.dialogs.invariants import Promises, buttons
from tests.dialogs.typed import ANY, ODD, SAID, good, typed

Thing = TypeVar("Thing")
ASKED = "0" * 25 + "A"
WAYS_OUT = ("cancel", "abbrechen", "back", "zurück", "help", "hilfe")
KINDS_SHARED = ("voice", "sticker", "photo", "file", "location", "contact", "poll", "edit", "{0}")
CARDS = 3
"""Questions to management that stand open from the beginning."""
LEAD_BUTTONS = ("ltake", "lwho", "lno", "lshow", "tdo")
DUTY = Duty(7, "Call them", "2026-11-20", "Ask Ann", 9, "Spare parts", "Airbus", 2, "https://a/9")
LEAD = NewLead(9, "Fair", "Ann", "Airbus", "ann@example.com", "0351 1234567", text="x" * 900)
LIKE = Duplicate(9, "Fair", "Ann", "Airbus", "Tom", "", ("email",), "https://a/9")
ANSWERS: Mapping[str, tuple[Answer | None, ...]] = {
    "duties": (DutyList(()), DutyList((DUTY,) * 6, more=3, skipped=6), None),
    "duplicates": (
        DuplicateList(()),
        DuplicateList((LIKE, replace(LIKE, id=11, owner="", open=False))),
        None,
    ),
}
"""What the CRM may answer to each question."""
PLACE = st.integers(0, 9_999)
"""One of many: cheaper to draw than the thing itself, and it shrinks to the first."""


class Anything(RuleBasedStateMachine):
    """One person at the form, colleagues around them."""

    library: ClassVar[Library]
    form: ClassVar[Form]

    def __init__(self) -> None:
        super().__init__()
        self.promises = Promises(self.library)
        self.company = Company(self.library, self.promises.hold)
        self.me = SAM
        self.at = own("web", "sam")
        self._left: set[object] = set()

    @initialize()
    def begin(self) -> None:  # noqa: C901 - one way for each thing that a form opens
        """Come to the form's first question, whichever way leads there."""
        match self.form.opens:
            case "case":
                self._say(self.form.words["en"][0])
            case "open_case":
                with_case(self.company, SAM, self._step(), CASE)
                self._say(self.form.words["en"][0])
            case "any_case":
                with_case(self.company, SAM, self._step(), CASE)
                self._say(self.form.words["en"][0])
                self._hears_what_was_asked()
            case "approval" | "enquiry":
                self._asked_to_decide()
            case "reply":
                self._asked_back()
            case "handover":
                self._asked_to_take_over()
            case "task":
                self.company.does(
                    SAM.id, LookedUp("duty", f"7:{self.form.id}:{TOM.id}", DutyList((DUTY,)))
                )
            case "lead":
                self.company.does(SAM.id, LeadCame(LEAD, (SAM.id, MIA.id)))
                self._press(tokens.free(SAM.id, "lno", str(LEAD.id)))
            case "invitation":
                self._is_invited()
            case "request":
                self._is_asked()
            case "requested":
                self._has_asked()
        assert self._active() is not None, f"nothing leads into {self.form.id}"

    def _step(self) -> str:
        life = self.library.current.lifecycle
        steps = self.library.current.playbook.steps
        return next(step for step in steps if life.fits(self.form, step))

    def _first_step(self) -> str:
        return next(iter(self.library.current.playbook.steps))

    def _is_invited(self) -> None:
        """A colleague's question, and the press on one of its answers."""
        case = with_case(self.company, TOM, self._first_step(), CASE)
        for number in range(CARDS):
            event = Invited(f"{ASKED}{number}"[1:], case.id, TOM.id, case.title)
            self.company.does(self.me.id, event)
        self._press(self._there(self.me.id)[-1])

    def _is_asked(self) -> None:
        """Questions of colleagues, and the press on one of the answers."""
        case = with_case(self.company, TOM, self._first_step(), CASE)
        for number in range(CARDS):
            event = Requested(f"{ASKED}{number}"[1:], case.id, TOM.id, case.title, "Who pays?")
            self.company.does(self.me.id, event)
        self._press(self._there(self.me.id)[-1])

    def _has_asked(self) -> None:
        """Their own questions to somebody without a chat, and the press that enters an answer."""
        case = with_case(self.company, SAM, self._first_step(), CASE)
        talk = self.company.conversation(SAM.id)
        asked = tuple(
            Request(f"{ASKED}{one}"[1:], case.id, case.title, "Ann", "Who?", 0, of_colleague=False)
            for one in range(CARDS)
        )
        self.company.conversations[SAM.id] = replace(talk, requested=asked)
        self._press(tokens.free(SAM.id, "heard", asked[-1].id))

    def _hears_what_was_asked(self) -> None:
        """The answers to lookups, as the CRM gives them on a good day."""
        while self.company.asks:
            self.company.answers_lookups()

    def _asked_to_decide(self) -> None:
        """Questions to management, and the press on a card that leaves most to be asked."""
        for number in range(CARDS):
            step = self.library.current.playbook.decision.step
            case = with_case(self.company, TOM, step, f"{CASE}{number}"[1:])
            name = ASKED if not number else f"{ASKED}{number}"[1:]
            shown = mark(self.library.current, case)
            self.company.approvals[name] = Approval(name, case, case.owner, mark=shown)
        self.me, self.at = MIA, own("web", "mia")
        self._say("pending")
        way = {"approval": ".rejected.", "enquiry": ".ask."}[self.form.opens]
        self._press([one for one in self._cards() if way in one][-1])

    def _asked_back(self) -> None:
        """A question of one's own that management wants to know more about, several times."""
        case = with_case(self.company, SAM, self.library.current.playbook.decision.step, CASE)
        asks = tuple(Enquiry(MIA.id, f"Why {number}?") for number in range(CARDS))
        shown = mark(self.library.current, case)
        self.company.approvals[ASKED] = Approval(ASKED, case, SAM.id, mark=shown, enquiries=asks)
        self._press(tokens.free(SAM.id, "reply", ASKED, "0"))

    def _asked_to_take_over(self) -> None:
        """Customers that are to be handed over to them, and the press that asks most."""
        playbook = self.library.current.playbook
        step = next(one for one in playbook.steps.values() if one.hands_over)
        for number in range(CARDS):
            case = with_case(self.company, TOM, step.id, f"{CASE}{number}"[1:])
            name = f"{ASKED}{number}"[1:]
            self.company.approvals[name] = Approval(
                name, case, case.owner, kind="handover", target=playbook.handover[0].id
            )
        self.me, self.at = GIL, own("web", "gil")
        self._press(tokens.card(name, "declined", ""))

    # what the person does

    @rule(place=PLACE)
    def answers(self, place: int) -> None:
        """Anything, good or bad."""
        question = self._question()
        self._say(_one(typed(question.kind if question else None), place))

    @rule(text=ANY)
    def answers_what_nobody_thought_of(self, text: str) -> None:
        self._say(text)

    @rule(place=st.integers(0, 30), times=st.integers(1, 6))
    def answers_well(self, place: int, times: int) -> None:
        """Something that is understood, for a few questions in a row."""
        for _ in range(times):
            question = self._question()
            if question is None:
                return
            self._say(_one(good(question.kind, self._moment()), place))

    @rule(place=PLACE)
    def says_a_word(self, place: int) -> None:
        self._say(_one(SAID, place))

    @rule(place=PLACE, rest=ANY, quoted=PLACE)
    def commands(self, place: int, rest: str, quoted: int) -> None:
        words = [one for form in self._forms() for said in form.words.values() for one in said]
        said = f"{_one(words, place)} {rest}".strip()
        self._does(Said(said, command=True, quote=_one(("", *ODD), quoted)))

    @rule(place=st.integers(0, 400))
    def presses(self, place: int) -> None:
        """A button that was ever shown to them, the newest first."""
        there = self._there(self.me.id)
        if there:
            self._press(there[-1 - place % len(there)])

    @rule(place=st.integers(0, 12))
    def presses_what_is_there(self, place: int) -> None:
        shown = self.company.shown.get(self.me.id, [])
        there = buttons(shown[-1].show) if shown else ()
        if there:
            self._press(there[place % len(there)].token)

    @rule(token=ANY, place=PLACE, cut=st.integers(0, 60))
    def presses_what_is_not(self, token: str, place: int, cut: int) -> None:
        """A forged token, somebody else's, and one that was altered."""
        self._press(token)
        self._press(_one(ODD, place))
        foreign = [one for who in STAFF if who != self.me.id for one in self._there(who)]
        if foreign:
            self._press(foreign[-1 - place % len(foreign)])
        mine = self._there(self.me.id)
        if mine:
            self._press(mine[-1 - place % len(mine)][:cut] + token)

    @rule(places=st.lists(PLACE, min_size=1, max_size=8), whole=st.booleans(), word=ANY)
    def sends_a_page(self, places: list[int], whole: bool, word: str) -> None:  # noqa: FBT001 - drawn
        """A form page: as it stands; or in part, altered, outdated, with fields that are none."""
        screen, place = self.company.conversation(self.me.id).screen, cycle(places)
        values = {one.id: self._entered(one, next(place)) for one in self._asked(self._active())}
        if not whole:
            values = {one: given for one, given in values.items() if next(place) % 3}
            values[word] = (word, word)
            screen -= next(place) % 2
        self._does(Submitted(tokens.screen(self.me.id, screen, "page"), values))

    def _entered(self, question: Question, place: int) -> tuple[str, ...]:
        options = [one.id for one in question.kind.options()]
        offered = [(one,) for one in good(question.kind, self._moment())] * 3
        offered += [(one,) for one in typed(question.kind)] + [()]
        if options:
            offered += [(one,) for one in options] * 6 + [tuple(options), (options[0],) * 2]
        return offered[place % len(offered)]

    @rule(kind=st.sampled_from(KINDS_SHARED))
    def shares(self, kind: str) -> None:
        self._does(Shared(kind))

    @rule(name=ANY, size=st.sampled_from([0, 1, FILE, FILE + 1]), count=st.integers(1, 7))
    def sends_files(self, name: str, size: int, count: int) -> None:
        files = tuple(attached("web", f"F{number}", name, size) for number in range(count))
        self._does(Shared("photo", files, name if size == 1 else ""))

    @rule(channel=st.sampled_from(["web", "telegram", "slack"]))
    def changes_the_channel(self, channel: str) -> None:
        self.at = own(channel, self.me.name.lower())

    @rule(place=PLACE)
    def speaks_where_others_read(self, place: int) -> None:
        if self.me is SAM:
            self._does(Said(_one(SAID, place), command=True), ROOM)

    # what others do, and what comes back

    @rule(place=PLACE, away=st.booleans(), again=st.booleans())
    def is_found(self, place: int, away: bool, again: bool) -> None:  # noqa: FBT001 - drawn
        """The answer to one of the searches, in any order, early, late or twice."""
        searches, hits = self.company.searches, _one(HITS, place)
        if not searches:
            self.company.does(self.me.id, Found("Airbus", hits))
            return
        who, query = searches[place % len(searches)]
        if not again:
            del searches[place % len(searches)]
        self.company.does(who, Found(query, None if away else hits))

    @rule(place=PLACE, away=st.booleans())
    def the_crm_answers(self, place: int, away: bool) -> None:  # noqa: FBT001 - drawn
        """Something that was looked up, perhaps long after."""
        self.company.answers_lookups(place, away=away)

    @rule(place=PLACE, kind=PLACE, again=st.booleans())
    def is_looked_up(self, place: int, kind: int, again: bool) -> None:  # noqa: FBT001 - drawn
        """The answer to one of the lookups, a fitting one or not, in any order, or twice."""
        asks = self.company.asks
        if not asks:
            return
        who, ask = asks[place % len(asks)]
        if not again:
            del asks[place % len(asks)]
        answer = _one(ANSWERS.get(ask.lookup.type, KNOWN), kind)
        self.company.does(who, LookedUp(ask.purpose, ask.subject, answer))

    @rule(who=st.sampled_from([MIA, SAM]), how=st.sampled_from(LEAD_BUTTONS))
    def sees_to_a_lead(self, who: Person, how: str) -> None:
        """Announced to two, who press."""
        self.company.does(who.id, LeadCame(LEAD, (SAM.id, MIA.id)))
        args = (str(LEAD.id), "task_done") if how == "tdo" else (str(LEAD.id),)
        self.company.does(
            who.id, Pressed(tokens.free(who.id, how, *args)), own("web", who.name.lower())
        )

    @rule(place=PLACE, how=st.sampled_from(["there", "late", "refused"]), what=ANY)
    def is_delivered(self, place: int, how: str, what: str) -> None:
        entries = self.company.deliveries
        if not entries:
            return
        who, entry = entries[place % len(entries)]
        news: Mapping[str, Event] = {
            "there": Delivered(entry.key, entry.case, 7, "https://crm.example/7"),
            "late": Delayed(entry.key, entry.case),
            "refused": Refused(entry.key, entry.case, what),
        }
        self.company.does(who, news[how])

    @rule(who=st.sampled_from([MIA, MAX, SAM, GIL]), yes=st.booleans(), place=PLACE)
    def decides(self, who: Person, yes: bool, place: int) -> None:  # noqa: FBT001 - drawn
        """A press on a decision card, by somebody entitled or not, in time or late."""
        at = own("web", who.name.lower())
        if not yes:
            self.company.does(who.id, Said("pending"), at)
        if cards := self._cards():
            self.company.does(who.id, Pressed(_one(cards, place)), at)

    def _cards(self) -> list[str]:
        """Every button of a decision card that anybody was shown; the last one rejects."""
        says = [say for shown in self.company.shown.values() for say in shown[-60:]]
        cards = [say.show for say in says if isinstance(say.show, Card)]
        return [button.token for card in cards for button in card.buttons]

    @rule()
    def hears_of_it(self) -> None:
        """Words between conversations arrive."""
        while self.company.told:
            who, event = self.company.told.pop(0)
            self.company.does(who, event)

    @rule(kind=ANY)
    def something_comes_due(self, kind: str) -> None:
        self.company.does(self.me.id, Fired("t1", kind, {"a": kind}))
        self.company.does(self.me.id, Fired("t2", lead_news.KIND, {"lead": str(LEAD.id)}))

    @rule(place=PLACE, what=st.sampled_from(["ended", "soon", "day", "answer"]), number=PLACE)
    def the_calendar_tells(self, place: int, what: str, number: int) -> None:
        """A meeting ended, or begins, or a day; or an answer comes, to a question or to none."""
        now = int(self.company.at.timestamp() * 1000)
        names = _one(HITS, place)[:2] or (Hit(0, ""),)
        whose = Customer(names[0].name, names[0].id)
        start = now + (600_000 if what == "soon" else -3_600_000)
        guests = tuple(one.name for one in names)
        meeting = Engagement(
            number % 3, names[-1].name, start, start + 1_800_000, Staff("Sam"), whose, guests,
            opportunity=_one((0, LEAD.id, LIKE.id + 2), place), title=LEAD.title,
            case=_one(("", CASE), number),
        )  # fmt: skip
        events: Mapping[str, Event] = {
            "ended": MeetingEnded(meeting),
            "soon": MeetingSoon(meeting),
            "day": DayBegun("2026-11-20"),
            "answer": LookedUp(
                _one(tuple(TAKERS), place), str(number % 3), MeetingList((meeting,))
            ),
        }
        self.company.does(self.me.id, events[what])

    @rule(place=PLACE)
    def somebody_waited_long(self, place: int) -> None:
        """A timer of one of the questions, in time or when it means nothing any more."""
        asked = sorted(self.company.approvals.values(), key=lambda one: one.id)
        if asked:
            one, what = _one(asked, place), _one(WHATS, place)
            payload = {"approval": one.id, "what": what}
            self.company.does(one.owner, Fired(f"{what}:{one.id}", KIND, payload))

    @rule(days=st.sampled_from([0, 1, 30, 400]), hours=st.integers(0, 23))
    def time_passes(self, days: int, hours: int) -> None:
        self.company.passes(timedelta(days=days, hours=hours))

    @rule(text=ANY, place=PLACE)
    def a_stranger_writes(self, text: str, place: int) -> None:
        text = text or _one(SAID, place)
        self.company.does(STRANGER, Said(text), Address("web", "w-nobody", "w-nobody"))

    # what holds at every place

    def _leaves(self) -> None:
        """From here, one input each cancels, goes back and helps. Looked at once for each place."""
        active = self._active()
        shape = active and (active.form, active.state, bool(active.query), len(active.ticked))
        if shape in self._left:
            return
        self._left.add(shape)
        for word in WAYS_OUT:
            turn = self.company.would(self.me.id, Said(word), self._stays())
            self._let_out(word, active, turn)

    def _let_out(self, word: str, active: Dialogue | None, turn: Turn) -> None:
        shown = turn.says[0].show
        left = turn.conversation.dialogues
        if active is None or word in {"help", "hilfe"}:
            assert isinstance(shown, Notice), word
            return
        if word in {"cancel", "abbrechen"}:
            assert active.id not in {one.id for one in left}, "it was not cancelled"
            return
        assert isinstance(shown, Ask | Review)
        assert left[-1].state != active.state or shown.refusal, "there is no way back"

    def _stays(self) -> Address:
        """Where the dialogue stands: elsewhere the first words only bring it along."""
        return self.company.conversation(self.me.id).live or self.at

    # the few ways to do something

    def _does(self, event: Event, address: Address | None = None) -> Turn:
        turn = self.company.does(self.me.id, event, address or self.at)
        self._leaves()
        return turn

    def _say(self, text: str) -> Turn:
        return self._does(Said(text))

    def _press(self, token: str) -> Turn:
        return self._does(Pressed(token))

    def _active(self) -> Dialogue | None:
        return self.company.conversation(self.me.id).active

    def _question(self) -> Question | None:
        active = self._active()
        if active is None:
            return None
        return self.library.of(active.playbook).flows[active.form].question(active)

    def _asked(self, active: Dialogue | None) -> tuple[Question, ...]:
        if active is None:
            return ()
        return self.library.of(active.playbook).flows[active.form].asked(active)

    def _forms(self) -> tuple[Form, ...]:
        return tuple(one for one in self.library.current.playbook.forms if one.words)

    def _there(self, who: str) -> list[str]:
        shown = self.company.shown.get(who, [])[-40:]
        return [button.token for say in shown for button in buttons(say.show)]

    def _moment(self) -> Moment:
        person = self.company.people[self.me.id]
        facts = Facts("", self.company.at, None, person)
        return Scene(self.library, self.company.conversation(person.id), facts).moment(
            self.library.current
        )


def _one(things: Sequence[Thing], place: int) -> Thing:
    return things[place % len(things)]


def machine_of(library: Library, form: Form) -> type[Anything]:
    """The machine of all that can happen around that form."""
    return type(f"Anything_{form.id}", (Anything,), {"library": library, "form": form})
