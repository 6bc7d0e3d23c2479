"""People who want to see every form: they press what they never pressed, and type what begins one.

They see only their screens. What a form is about comes about because they go on: one asks, others
are shown what there is to press, and press it. Nothing of a playbook is named here.
"""

from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from random import Random

from dialogs import tokens
from dialogs.library import Rulebook
from dialogs.playbook import Form
from dialogs.playbook.values import Opens
from tests.simulator.people import leading
from tests.torture.history import History
from tests.torture.screens import Screen, all_forms, library, screen_of, screens_of
from tests.torture.seats import Key, Message, Seat

MOST_INPUTS = 1_500
LOOKS = ("tasks", "pending", "status")
"""Words that show what there is to do."""
LOOKING = frozenset({"case", "task", "tasks"})
"""Codes of buttons that show one thing of a list."""
OPENED_BY: Mapping[str, Opens] = {
    "ask": "enquiry",
    "reply": "reply",
    "rejected": "approval",
    "declined": "handover",
    "come": "invitation",
    "stay": "invitation",
    "tell": "request",
    "cant": "request",
    "heard": "requested",
    "lno": "lead",
}
"""What a form has to be about to be begun by that button; others name the form or none."""
FIRST, CARD, NEW, SAID, LOOKED, ON, LATER, AGAIN = range(8)
"""How curious somebody is: about a button of a form nobody saw yet, a verdict that begins one, a
kind of button that nobody pressed yet, about words; then they look about, go on with what they
know, end a case in another way than they are after, or begin anew."""
OFTEN = 3
"""So often is worth while what leads to no form, and a form that brings no case on."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A dialogue that was brought to its end, with its words: its review's, or what was typed."""

    form: str
    who: str
    words: frozenset[str]
    reviewed: bool


@dataclass
class Curious:
    """One of them, at their seat."""

    name: str
    seat: Seat
    dead: set[str] = field(default_factory=set)
    """Questions whose buttons lead nowhere any more."""
    pressed: set[tuple[str, str]] = field(default_factory=set)
    """Messages and the tokens of their buttons."""
    words: list[str] = field(default_factory=list)
    form: str = ""
    """Of the dialogue that they are in."""
    said: frozenset[str] = frozenset()
    """Its words so far."""
    reviewed: bool = False

    def screen(self) -> Screen | None:
        return screen_of(self.seat.reads(), self.dead)

    def answers(self, screen: Screen) -> None:
        """What else stands there is left over: it was shown twice, or keeps its buttons."""
        others = screens_of(self.seat.reads(), {screen.message.ref})
        self.dead |= {one.message.ref for one in others}

    def word(self) -> str:
        self.words.append(f"w{self.name.lower()}{len(self.words)}x")
        return self.words[-1]

    def offers(self) -> Iterator[tuple[Message, Key]]:
        """What they can press and never did, the latest first; of a card the last button first."""
        for message in reversed(self.seat.reads()):
            for key in reversed(message.keys):
                if (message.ref, key.token) not in self.pressed:
                    yield message, key


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to do; the lowest rank is done first."""

    rank: float
    who: Curious
    message: Message | None
    what: Key | str


@dataclass
class Company:
    """All of them; one does something at a time, then `settles` is waited for."""

    people: Sequence[Curious]
    dice: Random
    history: History
    settles: Callable[[str], Awaitable[None]]
    """Until the program is at rest; told what was done, `save` or another word."""
    ended: list[Saved] = field(default_factory=list)
    inputs: int = 0
    _kinds: Counter[str] = field(default_factory=Counter)
    """Kinds of buttons that were pressed."""
    _answered: Counter[str] = field(default_factory=Counter)
    _next: dict[str, int] = field(default_factory=dict)
    """When a word is worth another try."""
    _vain: Counter[str] = field(default_factory=Counter)

    @property
    def met(self) -> set[str]:
        return {one.form for one in self.ended}

    def missing(self) -> list[Form]:
        forms = library().current.playbook.forms
        return [one for one in forms if one.id not in self.met]

    async def see_everything(self) -> None:
        """Until every form of the playbook was brought to its end, and nothing is begun."""
        for _ in range(MOST_INPUTS):
            busy = [one for one in self.people if one.screen()]
            if busy:
                await self._answers(self.dice.choice(busy))
            elif not self.missing():
                return
            else:
                await self._begins()
        left = [one.id for one in self.missing()]
        raise AssertionError(f"never seen: {left}\n{self.history.about(last=10_000)}")

    async def _answers(self, who: Curious) -> None:
        screen = who.screen()
        assert screen is not None
        who.answers(screen)
        act = screen.act(self.dice, who.word, self._another)
        self._notes(who, screen, act)
        await self._does(who, screen.message, act, "save" if screen.is_review else "answer")
        self._looks(who, screen)

    def _another(self, choices: Sequence[Key]) -> Key:
        """What was answered least often until now."""
        least = min(self._answered[one.shown] for one in choices)
        chosen = self.dice.choice([one for one in choices if self._answered[one.shown] == least])
        self._answered[chosen.shown] += 1
        return chosen

    def _notes(self, who: Curious, screen: Screen, act: Key | str) -> None:
        asked = screen.about
        assert asked or who.form, f"nobody knows what that is: {screen.message.text}"
        if asked and who.form != asked.form.id:
            who.form, who.said, who.reviewed = asked.form.id, frozenset(), False
        if screen.is_review:
            who.said, who.reviewed = screen.words, True
        elif isinstance(act, str) and who.words[-1] in act:
            who.said |= {who.words[-1]}

    def _looks(self, who: Curious, before: Screen) -> None:
        """What has become of the question: it ended, it went on, or it was none any more."""
        after = who.screen()
        if after is not None and after.message.place == before.message.place:
            self.history.note(who.name, f"in vain: {before.message.text!r}")
            who.dead.add(before.message.ref)
            after = who.screen()
        if after is None or (after.about and after.about.form.id != who.form):
            self._ends(who)

    def _ends(self, who: Curious) -> None:
        self.history.note(who.name, f"has ended {who.form}")
        self.ended.append(Saved(who.form, who.name, who.said, who.reviewed))
        who.form = ""

    async def _begins(self) -> None:
        offers = list(self._offers())
        best = min(one.rank for one in offers)
        offer = self._likely([one for one in offers if one.rank == best], best)
        if offer.message is not None and isinstance(offer.what, Key):
            offer.who.pressed.add((offer.message.ref, offer.what.token))
            self._kinds[_kind(offer.what)] += 1
        else:
            self._vain[_tried(offer)] += 1
            self._next[_tried(offer)] = len(self.ended) + 2 ** self._vain[_tried(offer)]
        await self._does(offer.who, offer.message, offer.what, "begin")

    def _likely(self, offers: Sequence[Offer], rank: float) -> Offer:
        """The latest button; of words any."""
        return offers[0] if rank < SAID else self.dice.choice(offers)

    async def _does(self, who: Curious, message: Message | None, what: Key | str, why: str) -> None:
        self.inputs += 1
        if isinstance(what, str):
            self.history.note(who.name, f"types {what}")
            await who.seat.types(what)
        else:
            assert message is not None
            self.history.note(who.name, f"presses {what.shown} [{what.token}]")
            assert await who.seat.presses(message, what), self.history.about(last=60)
        await self.settles(why)

    def _offers(self) -> Iterator[Offer]:
        wanted = _wanted(library().current, self.missing())
        for who in self.people:
            for message, key in who.offers():
                rank = self._rank(key, wanted)
                if rank is not None:
                    yield Offer(rank, who, message, key)
            yield from self._sayings(who, wanted)

    def _rank(self, key: Key, wanted: Sequence[str]) -> float | None:
        match tokens.read(key.token):
            case tokens.CardToken(verdict=verdict) if verdict in OPENED_BY:
                return CARD if self._opens(verdict, wanted) else None
            case tokens.CardToken():
                return ON if self._kinds[_kind(key)] else NEW
            case tokens.FreeToken(code=code):
                forms = _forms(key)
                return self._rank_of(forms[0], wanted) if forms else self._of_no_form(code, wanted)
        return None

    def _opens(self, button: str, wanted: Sequence[str]) -> bool:
        return any(all_forms()[one].opens == OPENED_BY[button] for one in wanted)

    def _of_no_form(self, code: str, wanted: Sequence[str]) -> float | None:
        if code in OPENED_BY:
            return FIRST if self._opens(code, wanted) else None
        if code in LOOKING:
            return LOOKED
        times = self._kinds[code] if code in leading() else OFTEN
        return None if times >= OFTEN else ON if times else NEW

    def _rank_of(self, form: str, wanted: Sequence[str]) -> float | None:
        if form in wanted or (form not in self.met and form in library().current.playbook.gates):
            return FIRST
        ending = bool(wanted) and _ends_cases(all_forms()[wanted[0]])
        if _ends_cases(all_forms()[form]):
            return LATER if ending else None
        return self._rank_of_known(form, straight=ending)

    def _rank_of_known(self, form: str, *, straight: bool) -> float | None:
        """Once more; who is after the end of a case goes there by its needed steps alone."""
        steps = library().current.playbook.case_process.steps
        if straight:
            return ON if form in {one.form for one in steps if not one.optional} else None
        times = sum(one.form == form for one in self.ended)
        often = times >= OFTEN and form not in {one.form for one in steps}
        return None if often else ON + min(0.9, times / 100)

    def _sayings(self, who: Curious, wanted: Sequence[str]) -> Iterator[Offer]:
        for form in (all_forms()[one] for one in wanted):
            if form.words:
                yield from self._saying(who, form.words["en"][0], SAID)
        for word in LOOKS:
            yield from self._saying(who, word, LOOKED)
        for form in _latest(library().current):
            if form.id in self.met:
                yield Offer(AGAIN, who, None, form.words["en"][0])

    def _saying(self, who: Curious, word: str, rank: float) -> Iterator[Offer]:
        if self._next.get(f"{who.name} {word}", 0) <= len(self.ended):
            yield Offer(rank, who, None, word)


def _tried(offer: Offer) -> str:
    return f"{offer.who.name} {offer.what}"


def _kind(key: Key) -> str:
    match tokens.read(key.token):
        case tokens.CardToken(verdict=verdict):
            return verdict
        case tokens.FreeToken(code=code):
            return code
    return ""


def _forms(key: Key) -> list[str]:
    """The form that the button names."""
    token = tokens.read(key.token)
    args = token.args if isinstance(token, tokens.FreeToken) else ()
    return [one for one in args if one in all_forms()]


def _latest(rules: Rulebook) -> list[Form]:
    """The form that begins a case farthest along its way: from there each end is near."""
    steps = [one.form for one in rules.playbook.case_process.steps]
    forms = [one for one in rules.playbook.forms if one.words and one.opens == "case"]
    known = [one for one in forms if one.id in steps]
    return sorted(known, key=lambda one: steps.index(one.id))[-1:]


def _wanted(rules: Rulebook, missing: Sequence[Form]) -> list[str]:
    """What they want to see now: what ends a case after all else, what can seldom be done first."""
    harmless = [one.id for one in missing if not _ends_cases(one)]
    ends = sorted((one for one in missing if _ends_cases(one)), key=lambda one: _ways(rules, one))
    return harmless or [one.id for one in ends[:1]]


def _ends_cases(form: Form) -> bool:
    steps = library().current.playbook.steps
    targets = {step.then[form.moves] for step in steps.values() if form.moves in step.then}
    return any(one in steps and steps[one].outcome for one in targets)


def _ways(rules: Rulebook, form: Form) -> int:
    return sum(form.moves in step.then for step in rules.playbook.steps.values())
