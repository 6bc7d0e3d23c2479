"""A state machine of all that can happen around one form of a playbook, in any order.

It finds the form's questions and kinds by reading the playbook: nothing about a form is written
here, nor how it begins. `machine_of` makes the machine for one form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import cycle
from typing import TypeVar

from hypothesis import strategies as st
from hypothesis.stateful import rule

from dialogs import lead_news, tokens
from dialogs.agenda import Engagement, MeetingList
from dialogs.answered import TAKERS
from dialogs.answers import Moment
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
    LeadCame,
    LookedUp,
    MeetingEnded,
    MeetingSoon,
    Pressed,
    Refused,
    Said,
    Shared,
    Submitted,
)
from dialogs.files import attached
from dialogs.flow import Dialogue
from dialogs.keeper_events import Adopting, Recorded
from dialogs.lead_lookups import Duplicate, DuplicateList
from dialogs.library import Library
from dialogs.limits import FILE
from dialogs.lookups import Answer, DutyList
from dialogs.people import Address, Person
from dialogs.playbook import Form, Question
from dialogs.scene import Scene
from dialogs.turns import Facts
from tests.dialogs.beginnings import DUTY, LEAD, Begun
from tests.dialogs.company import GIL, MAX, MIA, ROOM, SAM, STAFF, STRANGER, TOM, own
from tests.dialogs.crm_answers import CASE, HITS, KNOWN
from tests.dialogs.invariants import buttons
from tests.dialogs.typed import ANY, ODD, SAID, good, typed

Thing = TypeVar("Thing")
KINDS_SHARED = ("voice", "sticker", "photo", "file", "location", "contact", "poll", "edit", "{0}")
LEAD_BUTTONS = ("ltake", "lwho", "lno", "lshow", "tdo")
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


class Anything(Begun):
    """All that the person does there, and all that happens around them."""

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

    @rule(place=PLACE, number=PLACE, taken=st.booleans())
    def somebody_looks_after_the_customer(self, place: int, number: int, taken: bool) -> None:  # noqa: FBT001 - drawn
        """A colleague has recorded for them; or takes over what the person has."""
        case = _one(sorted({CASE, *self.company.cases}), place)
        colleague = _one((TOM, MIA, MAX), number)
        record = Recorded(
            f"r{number % 3}", case, colleague.id, "Fair", "record", 0, f"{case}-record-1",
            "Airbus", lead=_one((None, LEAD.id), place),
        )  # fmt: skip
        adopting = Adopting(f"r{number % 3}", case, colleague.id)
        self.company.does(self.me.id, adopting if taken else record)

    @rule(days=st.sampled_from([0, 1, 30, 400]), hours=st.integers(0, 23))
    def time_passes(self, days: int, hours: int) -> None:
        self.company.passes(timedelta(days=days, hours=hours))

    @rule(text=ANY, place=PLACE)
    def a_stranger_writes(self, text: str, place: int) -> None:
        text = text or _one(SAID, place)
        self.company.does(STRANGER, Said(text), Address("web", "w-nobody", "w-nobody"))

    # what there is to answer

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
