"""People who do what they see: they answer the question that stands, press what is there, and try
again as people do when nothing happens.

Every word they type is their own and never typed twice, so that each can be counted in the CRM.
"""

import asyncio
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from tests.torture.history import History
from tests.torture.seats import Message, Seat

PATIENCE_S = 6.0
"""After which somebody tries again."""
LOOK_S = 0.12
CALM_LOOKS, LONGEST_LOOKS = 4, 100
"""Looks without a change before somebody acts, and looks at most."""
CONTROLS = frozenset(
    {"◀ Back", "Cancel", "Fill in as a form", "Skip", "Done", "Save", "Open in the CRM"}
)
ASSESS = "Assess chances and risks of a case"
TYPED = (("When was it", "yesterday 9 am"), ("Which revenue", "1000"))
SKIPPED = ("How many hours", "What did the travel cost")
WORD = re.compile(r"\bw[a-z]+\d+x\b")


@dataclass(frozen=True, slots=True)
class Saved:
    """A review whose Save was pressed: the words that stood in it."""

    who: str
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
    tried: set[str] = field(default_factory=set)
    """Notices whose button was pressed already."""
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
        """The question that is open; without one, that there is none."""
        question = self.question()
        return question and (question.ref, question.text, question.shown)

    def question(self) -> Message | None:
        live = (one for one in reversed(self.seat.reads()) if _is_question(one))
        return next(live, None)

    async def _acts(self) -> bool:
        """One act; False when there is nothing more to do."""
        question = self.question()
        if question is None:
            return await self._begins()
        await self._answers(question)
        return True

    async def _begins(self) -> bool:
        """Somebody of sales begins something new."""
        if self.ended.is_set():
            return False
        offers = (m for m in reversed(self.seat.reads()) if ASSESS in m.buttons)
        offer = next((m for m in offers if m.ref not in self.tried), None)
        if offer is not None:
            self.tried.add(offer.ref)
            await self._presses(offer, ASSESS)
        else:
            await self._types("record")
        return True

    async def _answers(self, question: Message) -> None:
        choices = [one for one in question.buttons if _is_choice(one)]
        typed = next((text for prompt, text in TYPED if prompt in question.text), None)
        if "Save" in question.buttons:
            self.saved.add(Saved(self.name, frozenset(WORD.findall(question.text))))
            await self._presses(question, "Save")
        elif "Done" in question.buttons:
            await self._presses(question, "Done")
        elif typed:
            await self._types(typed)
        elif "None" in choices:
            await self._presses(question, "None")
        elif choices:
            await self._presses(question, self._choice(question, choices))
        elif "Skip" in question.buttons and self._skips(question):
            await self._presses(question, "Skip")
        else:
            await self._types(self._word())

    def _choice(self, question: Message, choices: list[str]) -> str:
        if "take place" in question.text and "No" in choices and self.dice.random() < 0.7:
            return "No"
        return self.dice.choice(choices)

    def _skips(self, question: Message) -> bool:
        return any(one in question.text for one in SKIPPED) or self.dice.random() < 0.5

    def _word(self) -> str:
        word = f"w{self.name.lower()}{len(self.words)}x"
        self.words.append(word)
        return word

    async def _types(self, text: str) -> None:
        self._typed = True
        self.history.note(self.name, f"types {text}")
        await self.seat.types(text)

    async def _presses(self, message: Message, button: str) -> None:
        self._typed = False
        taken = await self.seat.presses(message, button)
        told = "" if taken else ", in vain"
        self.history.note(self.name, f"presses {button}{told} ({_subject(message)})")


@dataclass
class Manager(Player):
    """Somebody of management: decides whatever is to be decided."""

    async def _begins(self) -> bool:
        cards = [m for m in self.seat.reads() if "Approve" in m.buttons]
        if cards:
            await self._decides(self.dice.choice(cards))
        elif self.ended.is_set():
            return False
        else:  # cards may have scrolled away
            await self._types("pending")
            await asyncio.sleep(self.dice.uniform(1.0, 3.0))
        return True

    async def _decides(self, card: Message) -> None:
        verdict = "Approve" if self.dice.random() < 0.7 else "Reject"
        await self._presses(card, verdict)
        for _ in range(int(PATIENCE_S / LOOK_S)):
            await asyncio.sleep(LOOK_S)
            now = {m.ref: m.buttons for m in self.seat.reads()}
            if now.get(card.ref) != card.buttons or self.question() is not None:
                return

    async def _waits(self, before: object) -> None:
        if before is not None:
            await super()._waits(before)


def _is_question(message: Message) -> bool:
    return "Cancel" in message.buttons or "Save" in message.buttons


def _is_choice(button: str) -> bool:
    return button not in CONTROLS and not button.startswith(("Keep:", "Change ", "✏️"))


def _subject(message: Message) -> str:
    return " ".join(_lines(message.text))[:90]


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text.splitlines() if line.strip())
