"""The desk without a platform: shows are kept as they are, people act straight into the inbox.

It is the golden form's source: what is seen here is what a transcript holds.
"""

import asyncio
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from dialogs.crm import Finding
from dialogs.events import Arrival, FromPerson, Pressed, Said, Shared, Submitted
from dialogs.files import attached
from dialogs.people import Address
from dialogs.ports import Accept, Channel, Clock, HttpHook
from dialogs.shows import (
    Ask,
    Button,
    Card,
    FormField,
    FormPage,
    FormReply,
    Notice,
    Picture,
    Review,
    Say,
    Show,
)
from tests.standins.telegram.waiting import Bell
from tests.transcripts import wording
from tests.transcripts.platforms import Visible


@dataclass(frozen=True, slots=True)
class Standing:
    """A message that stands in a chat; `changed` grows with every change anywhere."""

    ref: str
    slot: str
    show: Show
    changed: int
    stripped: bool = False

    @property
    def lines(self) -> tuple[str, ...]:
        shown = wording.lines(self.show)
        return wording.unpressable(shown) if self.stripped else shown


class Recorder:
    """A channel that keeps what it is to show. See `dialogs.ports.Channel`."""

    def __init__(
        self, name: str, standing: dict[str, Standing], numbers: Iterator[int], shown: Bell
    ) -> None:
        self.name = name
        self.trouble = ""
        self.accept: Accept | None = None
        self._standing, self._numbers, self._shown = standing, numbers, shown
        self.listening = asyncio.Event()
        self.files: dict[str, bytes] = {}

    async def fetch(self, ref: str, most: int) -> bytes:
        return self.files[ref][:most]

    async def show(self, say: Say, previous: str | None) -> str:
        number = next(self._numbers)
        old = self._standing.get(previous or "")
        edit = old is not None and say.edit
        ref = old.ref if old is not None and edit else f"{say.address.chat}:{number}"
        if old is not None and say.above and not edit:
            self._standing[old.ref] = replace(old, stripped=True)
        self._standing[ref] = Standing(ref, say.slot, say.show, number)
        self._shown.notify()
        return ref

    async def serve(self, accept: Accept) -> None:
        self.accept = accept
        self.listening.set()

    def hooks(self, accept: Accept) -> Mapping[str, HttpHook]:
        return {}

    async def examine(self) -> tuple[Finding, ...]:
        return ()

    async def close(self) -> None: ...


class Engine:
    """See `Platform`. `name` is that of its channel: two of them are two channels."""

    forms = True
    strangers = True
    variables: Mapping[str, str] = {}

    def __init__(self, name: str, clock: Clock) -> None:
        self.name = name
        self.clock = clock
        self.standing: dict[str, Standing] = {}
        self.numbers = count(1)
        self.shown = Bell()
        self.recorder: Recorder

    def channels(self) -> Mapping[str, Channel]:
        self.recorder = Recorder(self.name, self.standing, self.numbers, self.shown)
        return {self.name: self.recorder}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        yield

    def somebody(self, name: str, language: str) -> "EnginePerson":
        return EnginePerson(self, name.lower())

    async def connect(self, url: str) -> None:
        await self.recorder.listening.wait()

    async def settle(self) -> None:
        """Whoever acts waits for the inbox."""


class EnginePerson:
    """See `Somebody`."""

    def __init__(self, engine: Engine, account: str) -> None:
        self.address = Address(engine.name, account, account)
        self.link = f"--web {account}"
        self.reply: FormReply | None = None
        self._engine = engine
        self._values: dict[str, tuple[str, ...]] = {}
        """What stands in the form."""
        self._pressed: dict[str, str] = {}
        """Every button ever seen, by its text, with the token it had last."""

    async def types(self, text: str) -> None:
        words = text.removeprefix("/")
        await self._do(Said(words, command=words != text))

    async def sends(self, name: str, content: bytes, caption: str) -> None:
        ref = f"file{next(self._engine.numbers)}"
        self._engine.recorder.files[ref] = content
        kind = {".jpg": "photo", ".ogg": "voice"}.get(Path(name).suffix, "file")
        file = attached(self._engine.name, ref, name, len(content))
        await self._do(Shared(kind, (file,), caption))

    async def presses(self, button: str, times: int = 1) -> None:
        token = self._button(button).token
        for _ in range(times):  # the second one is accepted while the first is being delivered
            await self._do(Pressed(token))

    async def presses_old(self, button: str) -> None:
        there = {one.text for message in self.standings() for one in _buttons(message)}
        assert button not in there, f"{button!r} is still there"
        await self._do(Pressed(self._pressed[button]))

    async def changes(self, label: str) -> None:
        reviews = [m.show for m in self.standings() if isinstance(m.show, Review)]
        (edit,) = (row.edit for row in reviews[-1].rows if row.label == label)
        await self._do(Pressed(edit.token))

    async def fills_in(self, entries: Sequence[tuple[str, str]]) -> None:
        fields = {field.label: field for field in self._page.fields}
        for question, answer in entries:
            self._values[fields[question].id] = _entered(fields[question], answer)
        await self._do(Submitted(self._page.token, dict(self._values)))

    async def hears(self, text: str, seconds: float = 20.0) -> str:
        """Wait until a message of the chat holds the text; the newest one that does."""
        async with asyncio.timeout(seconds):
            while not (found := [one.text for one in self.chat() if text in one.text]):
                await self._engine.shown.after(self._engine.shown.count)
        return found[-1]

    def chat(self) -> Sequence[Visible]:
        return [_visible(message) for message in self.standings()]

    def page(self) -> str:
        return "\n".join(wording.lines(self.reply)) if self.reply else ""

    def standings(self) -> list[Standing]:
        """The messages of this person's chat; what the CRM confirms stands last of a turn's."""
        chat = f"{self.address.chat}:"
        mine = [one for ref, one in self._engine.standing.items() if ref.startswith(chat)]
        self._pressed |= {one.text: one.token for message in mine for one in _buttons(message)}
        return mine

    async def _do(self, event: FromPerson) -> None:
        self.standings()
        accept = self._engine.recorder.accept
        assert accept is not None
        key = f"{self._engine.name}:{next(self._engine.numbers)}"
        receipt = await accept(Arrival(key, self.address, self._engine.clock.now(), event))
        self._take(receipt.reply)

    def _take(self, reply: FormReply | None) -> None:
        """Errors leave the page open; anything else takes its place."""
        if isinstance(reply, FormPage):
            self._page = reply
            self._values = {field.id: field.initial for field in reply.fields}
        self.reply = reply

    def _button(self, text: str) -> Button:
        for message in reversed(self.standings()):
            for button in _buttons(message):
                if button.text == text:
                    return button
        shown = [one.text for message in self.standings() for one in _buttons(message)]
        raise AssertionError(f"{self.address.account} sees no {text!r}, only {shown}")


def _buttons(message: Standing) -> tuple[Button, ...]:
    if message.stripped:
        return ()
    match message.show:
        case Ask(choices=choices, controls=controls):
            return choices + controls
        case Review(controls=controls):
            return controls
        case Notice(buttons=buttons) | Card(buttons=buttons) | Picture(buttons=buttons):
            return buttons


def _visible(message: Standing) -> Visible:
    shown = message.lines
    buttons, changes = wording.pressable(shown), wording.changeable(shown)
    text = "\n".join(wording.unpressable(shown))
    return Visible(message.ref, text, tuple(buttons), tuple(changes))


def _entered(field: FormField, answer: str) -> tuple[str, ...]:
    """Option ids for what is chosen by its text, else the words."""
    if not field.options:
        return (answer,) if answer else ()
    ids = {text: option for option, text in field.options}
    return tuple(ids[one.strip()] for one in answer.split(",") if one.strip())
