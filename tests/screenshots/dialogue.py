"""Leads a dialogue with somebody of a stand-in, by the same answers as on the demo's page."""

from collections.abc import Mapping
from typing import Any, Protocol

from tests.demo.talker import Press, Ticks

Answers = Mapping[str, str | Press | Ticks]
PATIENCE_S = 60.0


class Chatter(Protocol):
    """What people of both stand-ins can do."""

    async def says(self, text: str) -> Any: ...

    async def presses(self, button: str) -> Any: ...

    async def hears(self, what: Any = "", *, timeout: float = 5.0) -> Any: ...  # noqa: ASYNC109 - theirs


async def led(person: Chatter, answers: Answers, until: str) -> None:
    """Answer each question that is heard, until `until` is; it is left unanswered."""
    while True:
        prompt = await _heard(person, [until, *answers])
        if prompt == until:
            return
        await answered(person, answers[prompt])


async def answered(person: Chatter, answer: str | Press | Ticks) -> None:
    match answer:
        case Press(text):
            await person.presses(text)
        case Ticks(texts, done):
            for text in texts:
                await person.presses(text)
                await person.hears(lambda message: "✓" in _all(message) or "☑" in _all(message))
            await person.presses(done)
        case text:
            await person.says(text)


async def _heard(person: Chatter, prompts: list[str]) -> str:
    """The prompt of the next question; one that lost its buttons stands further up."""

    def asks(message: Any) -> bool:
        return bool(message.buttons) and any(prompt in message.text for prompt in prompts)

    message = await person.hears(asks, timeout=PATIENCE_S)
    return max((prompt for prompt in prompts if prompt in message.text), key=len)


def _all(message: Any) -> str:
    return f"{message.text} {message.buttons}"
