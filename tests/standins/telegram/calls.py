"""A call of a method of the Bot API, and the register of the methods that this stand-in acts on."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from starlette.requests import Request

if TYPE_CHECKING:
    from tests.standins.telegram.standin import TelegramStandin

Gone = Callable[[], Coroutine[Any, Any, None]]


def hung_up(request: Request) -> Gone:
    """Waits until the client of a request, whose body has been read, has hung up."""

    async def gone() -> None:
        while (await request.receive())["type"] != "http.disconnect":
            pass

    return gone


@dataclass(frozen=True)
class Upload:
    """A file that came with a call."""

    name: str
    content: bytes = field(repr=False)


@dataclass
class Call:
    """One request of the bot.

    `parameters` are texts as they came, and typed once they have been checked. `gone` waits until
    the client has hung up. `answer` is what was answered, or None when the answer was lost.
    """

    method: str
    parameters: dict[str, Any]
    at: float
    gone: Gone = field(repr=False)
    uploads: dict[str, Upload] = field(default_factory=dict)
    answer: dict[str, Any] | None = None

    @property
    def ok(self) -> bool:
        return self.answer is not None and self.answer["ok"]


Act = Callable[["TelegramStandin", Call], Coroutine[Any, Any, Any]]
ACTS: dict[str, Act] = {}


def acts(method: str) -> Callable[[Act], Act]:
    """Register the function below as what `method` does."""

    def register(act: Act) -> Act:
        ACTS[method] = act
        return act

    return register
