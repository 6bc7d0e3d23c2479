"""People who do what they see: they answer the question that stands, press what is there, and try
again as people do when nothing happens.

Every word they type is their own and never typed twice, so that each can be counted in the CRM.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from random import Random

from dialogs import tokens
from tests.simulator.people import leading
from tests.torture.history import History
from tests.torture.screens import Screen, all_forms, library, screen_of
from tests.torture.seats import Key, Message, Seat

PATIENCE_S = 6.0
"""After which somebody tries again."""
LOOK_S = 0.12
CALM_LOOKS, LONGEST_LOOKS = 4, 100
"""Looks without a change before somebody acts, and looks at most."""
TAKES_UP, GOES_ON = 0.8, 0.6
"""How often somebody presses what leads on, and of that what brings a case to management."""
WEIGHT = 4
"""So much more often is a case begun than something said about one."""
APPROVES = 0.7


@dataclass(frozen=True, slots=True)
class Saved:
    """A review whose Save was pressed: its screen, and the words that stood in it."""

    who: str
    screen: int
    words: frozenset[str]


@dataclass
class Player:
    """Somebody at a seat. `ended` lets them finish what they are at and begin nothing new."""

    name: str
    seat: Seat
    dice: Random
    history: History
    ended: asyncio.Event
    words: list[str] = field(default_factory=list)
    saved: set[Saved] = field(default_factory=set)
    tried: set[tuple[str, str]] = field(default_factory=set)
    """Messages and the tokens of their buttons that were pressed already."""
    left: set[str] = field(default_factory=set)
    """Questions beside a dialogue, which keep their buttons when they were answered."""
    retries: int = 0

    async def play(self) -> None:
        while True:
            before = await self._quiet()
            if not await self._acts():
                return
            await self._waits(before)

    async def _quiet(self) -> object:
        """Let the chat come to rest, as who reads does: what scrolls by is not pressed."""
        before, calm = self._standing(), 0
        for _ in range(LONGEST_LOOKS):
            await asyncio.sleep(LOOK_S)
            now = self._standing()
            calm, before = (calm + 1 if now == before else 0), now
            if calm >= CALM_LOOKS:
                break
        return before

    async def _waits(self, before: object) -> None:
        """Until what stands there has changed; somebody who typed in vain asks where they are."""
        for _ in range(int(PATIENCE_S / LOOK_S)):
            await asyncio.sleep(self.dice.uniform(0.5, 1.5) * LOOK_S)
            if self._standing() != before:
                return
        self.retries += 1
        if self._typed:
            await self._types("continue")
            await asyncio.sleep(self.dice.uniform(0.5, 2.0))

    _typed = False

    def _standing(self) -> object:
        """The question that is open; without one, all that stands there."""
        question = self.question()
        return question.message if question else self.seat.reads()

    def question(self) -> Screen | None:
        return screen_of(self.seat.reads(), self.left)

    async def _acts(self) -> bool:
        """One act; False when there is nothing more to do."""
        question = self.question()
        if question is None:
            return await self._begins()
        await self._answers(question)
        return True

    async def _begins(self) -> bool:
        """Somebody of sales goes on with what they are offered, or begins something new."""
        if self.ended.is_set():
            return False
        offers = list(self._offers())
        if offers and self.dice.random() < TAKES_UP:
            asking = [one for one in offers if asks_management(one[1])]
            on = asking and self.dice.random() < GOES_ON
            message, key = self.dice.choice(asking if on else offers)
            self.tried.add((message.ref, key.token))
            await self._presses(message, key)
        else:
            await self._types(self.dice.choice(words()))
        return True

    def _offers(self) -> Iterator[tuple[Message, Key]]:
        """What leads on and was not pressed yet, the latest message first."""
        for message in reversed(self.seat.reads()):
            for key in message.keys:
                if leads_on(key) and (message.ref, key.token) not in self.tried:
                    yield message, key

    async def _answers(self, question: Screen) -> None:
        act = question.act(self.dice, self._word)
        if "cancel" not in question.keys:
            self.left.add(question.message.ref)
        if question.is_review:
            self.saved.add(Saved(self.name, question.number, question.words))
        if isinstance(act, Key):
            await self._presses(question.message, act)
        else:
            await self._types(act)

    def _word(self) -> str:
        word = f"w{self.name.lower()}{len(self.words)}x"
        self.words.append(word)
        return word

    async def _types(self, text: str) -> None:
        self._typed = True
        self.history.note(self.name, f"types {text}")
        await self.seat.types(text)

    async def _presses(self, message: Message, key: Key) -> None:
        self._typed = False
        taken = await self.seat.presses(message, key)
        told = "" if taken else ", in vain"
        self.history.note(self.name, f"presses {key.shown}{told} ({_subject(message)})")


@dataclass
class Manager(Player):
    """Somebody of management: decides whatever is to be decided."""

    async def _begins(self) -> bool:
        cards = [m for m in self.seat.reads() if any(map(_is_verdict, m.keys))]
        if cards:
            await self._decides(self.dice.choice(cards))
        elif self.ended.is_set():
            return False
        else:  # cards may have scrolled away
            await self._types("pending")
            await asyncio.sleep(self.dice.uniform(1.0, 3.0))
        return True

    async def _decides(self, card: Message) -> None:
        first, *others = filter(_is_verdict, card.keys)
        likely = self.dice.random() < APPROVES or not others
        await self._presses(card, first if likely else self.dice.choice(others))
        for _ in range(int(PATIENCE_S / LOOK_S)):
            await asyncio.sleep(LOOK_S)
            now = {m.ref: m.keys for m in self.seat.reads()}
            if now.get(card.ref) != card.keys or self.question() is not None:
                return

    async def _waits(self, before: object) -> None:
        if self.question() is not None:
            await super()._waits(before)


@cache
def words() -> tuple[str, ...]:
    """What begins a form, by the playbook."""
    forms = [one for one in all_forms().values() if one.words]
    weights = {one.words["en"][0]: WEIGHT if one.opens == "case" else 1 for one in forms}
    return tuple(word for word, weight in weights.items() for _ in range(weight))


def leads_on(key: Key) -> bool:
    token = tokens.read(key.token)
    return isinstance(token, tokens.FreeToken) and token.code in leading()


def asks_management(key: Key) -> bool:
    """Whether it begins a form after which management has to decide."""
    token, playbook = tokens.read(key.token), library().current.playbook
    before = {s.form for s in playbook.steps.values() if playbook.decision.step in s.then.values()}
    return isinstance(token, tokens.FreeToken) and not before.isdisjoint(token.args)


def _is_verdict(key: Key) -> bool:
    return isinstance(tokens.read(key.token), tokens.CardToken)


def _subject(message: Message) -> str:
    return " ".join(_lines(message.text))[:90]


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())
