"""What a player needs of a chat platform, whichever it is: somebody's hands and eyes.

Buttons are named as in the golden form; each platform knows how it writes them.
"""

from collections.abc import Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from dialogs.people import Address
from dialogs.ports import Channel

CONTENTS = {
    ".jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00 a photo of the paper form \xff\xd9",
    ".pdf": b"%PDF-1.7\n% an offer\n%%EOF\n",
    ".ogg": b"OggS" + bytes(60),
}
"""What files hold, by the end of their names."""


@dataclass(frozen=True, slots=True)
class Visible:
    """A message of the desk as its reader sees it now."""

    ref: str
    text: str
    buttons: tuple[str, ...] = ()
    changes: tuple[str, ...] = ()
    """What the buttons say that change a line of the review: its label, in full or cut off."""


class Somebody(Protocol):
    """A person at one platform."""

    @property
    def address(self) -> Address:
        """How they are linked."""

    @property
    def link(self) -> str:
        """The option of `dealdesk people add` that links them."""

    async def types(self, text: str) -> None: ...

    async def sends(self, name: str, content: bytes, caption: str) -> None:
        """Send a file."""

    async def presses(self, button: str, times: int = 1) -> None:
        """Press a button that is there, so often that the first press is not answered yet."""

    async def presses_old(self, button: str) -> None:
        """Press a button that was there, as a client does that has not yet heard of its end."""

    async def changes(self, label: str) -> None:
        """Press the pencil of a line in the review."""

    async def fills_in(self, entries: Sequence[tuple[str, str]]) -> None:
        """Fill in the form that is open, questions by their text, and send it."""

    def chat(self) -> Sequence[Visible]:
        """All that the desk has said, as it now stands, oldest first."""

    def page(self) -> str:
        """The form that is open, with what is wrong with it; empty where none is."""


class Platform(Protocol):
    """A chat platform for one story."""

    @property
    def name(self) -> str: ...

    @property
    def forms(self) -> bool:
        """Whether it can show a form page."""

    @property
    def strangers(self) -> bool:
        """Whether somebody unknown can write to the desk at all."""

    @property
    def variables(self) -> Mapping[str, str]:
        """Settings that connect the program to it."""

    def channels(self) -> Mapping[str, Channel]:
        """Channels that no settings make."""

    def running(self) -> AbstractAsyncContextManager[None]:
        """It is there for the length of the block, before and after the program."""

    def somebody(self, name: str, language: str) -> Somebody: ...

    async def connect(self, url: str) -> None:
        """The program runs (again), its web server at `url`."""

    async def settle(self) -> None:
        """Return once all that people did has reached the program, and all it showed is seen."""
