"""Slack as a platform: real Socket Mode against the stand-in, people with its client open."""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any

from dialogs.people import Address
from dialogs.ports import Channel
from tests.standins.slack import Person, Seen, SlackStandin, interactions
from tests.standins.slack.entering import Input
from tests.standins.slack.rendering import buttons, lines
from tests.standins.slack.workspace import Message
from tests.transcripts.clock import StillClock
from tests.transcripts.platforms import Visible
from tests.transcripts.wording import PICTURE, TICKED

Block = dict[str, Any]
PATIENCE = 10.0
TICK = "✓ "


class Slack:
    """See `Platform`."""

    name = "slack"
    forms = True
    strangers = True

    def __init__(self, clock: StillClock) -> None:
        self.standin = SlackStandin(clock=clock.slack)
        self.people: list[SlackPerson] = []

    @property
    def variables(self) -> Mapping[str, str]:
        return {
            "DEALDESK_SLACK_BOT_TOKEN": self.standin.tokens.bot,
            "DEALDESK_SLACK_APP_TOKEN": self.standin.tokens.app_level,
            "DEALDESK_SLACK_API_BASE_URL": self.standin.api_url,
        }

    def channels(self) -> Mapping[str, Channel]:
        return {}

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        async with self.standin.running():
            yield
        assert not self.standin.violations, [str(each) for each in self.standin.violations]

    def somebody(self, name: str, language: str) -> "SlackPerson":
        locale = {"de": "de-DE"}.get(language, "en-US")
        person = self.standin.person(f"U{name.upper()}", name, locale=locale)
        self.people.append(SlackPerson(self.standin, person))
        return self.people[-1]

    async def connect(self, url: str) -> None:
        await self.standin.changes.until(lambda: self.standin.socket.connections, PATIENCE)

    async def settle(self) -> None:
        """Everything delivered and answered; a form that is being fetched is there."""
        courier = self.standin.courier
        await self.standin.changes.until(
            lambda: all(one.finished for one in courier.sent), PATIENCE
        )
        for person in self.people:
            person.looks()
            await self.standin.changes.until(person.has_its_form, PATIENCE)


class SlackPerson:
    """See `Somebody`."""

    def __init__(self, standin: SlackStandin, person: Person) -> None:
        self.address = Address("slack", f"{standin.app.team}:{person.id}", person.id)
        self.link = f"--slack {self.address.account}"
        self.person = person
        self._standin = standin
        self._buttons: dict[str, tuple[Message, Input]] = {}
        """Every button ever seen, by its golden name, with its message as it was."""

    async def types(self, text: str) -> None:
        """A command is typed behind the app's own."""
        if text.startswith("/"):
            await self.person.commands(f"/dealdesk {text.removeprefix('/')}")
        else:
            await self.person.says(text)

    async def sends(self, name: str, content: bytes, caption: str) -> None:
        await self.person.shares(name, content, caption)

    async def presses(self, button: str, times: int = 1) -> None:
        message, shown = self._found(button)
        presses = [self.person.presses(shown, message=message) for _ in range(times)]
        taken = await asyncio.gather(*presses)
        assert all(one.accepted for one in taken), f"Slack got no answer to {button!r}"

    async def presses_old(self, button: str) -> None:
        there = {one for message in self._said() for one in _visible(message).buttons}
        assert button not in there, f"{button!r} is still there"
        message, place = self._buttons[button]
        user = self.person.user
        taken = await interactions.act(self._standin, user, message, place, None)
        assert taken.accepted, f"Slack got no answer to {button!r}"

    async def changes(self, label: str) -> None:
        message = next(one for one in reversed(self._said()) if _changes(one))
        shown = next(one for at, one in _accessories(message) if at == label)
        await self.person.presses(shown, message=message)

    async def fills_in(self, entries: Sequence[tuple[str, str]]) -> None:
        form = self.person.modal
        assert form is not None, "there is no form open"
        kinds = {block["label"]["text"]: block["element"]["type"] for block in _inputs(form.blocks)}
        values = {question: _entered(kinds[question], answer) for question, answer in entries}
        await self.person.submits(form, values)

    def chat(self) -> Sequence[Visible]:
        return [_visible(message) for message in self._said()]

    def page(self) -> str:
        form = self.person.modal
        if form is None:
            return ""
        return "\n".join([form.title, form.text, form.submit, form.close, *form.errors.values()])

    def looks(self) -> None:
        """Remember the buttons that are there now."""
        workspace = self._standin.workspace
        for message in workspace.visible(self.person.id, self.person.dm):
            for place in buttons(message.blocks):
                self._buttons[_name(place.element["text"]["text"])] = (message, place)

    def has_its_form(self) -> bool:
        """Whether a form that was opened holds its questions, or says that there are none."""
        form = self.person.modal
        return form is None or form.callback_id != "" or not form.text.startswith("One moment")

    def _said(self) -> list[Seen]:
        return [message for message in self.person.chat() if message.by_app]

    def _found(self, button: str) -> tuple[Seen, str]:
        for message in reversed(self._said()):
            for shown in message.buttons:
                if _name(shown) == button:
                    return message, shown
        there = [one for message in self._said() for one in message.buttons]
        raise AssertionError(f"{self.person.name} sees no {button!r}, only {there}")


def _visible(message: Seen) -> Visible:
    edits = [shown for _, shown in _accessories(message)]
    return Visible(
        ref=f"{message.channel}:{message.ts}",
        text=_pictured(message) + "\n".join(lines(_without_buttons(message.blocks), {}, {}))
        or message.said,
        buttons=tuple(_name(one) for one in message.buttons if one not in edits),
        changes=tuple(_changes(message)),
    )


def _pictured(message: Seen) -> str:
    """Slack refuses a message whose picture it does not have."""
    return f"{PICTURE}\n" if any(one["type"] == "image" for one in message.blocks) else ""


def _without_buttons(blocks: Sequence[Block]) -> list[Block]:
    told = [block for block in blocks if block["type"] != "actions"]
    return [{key: part for key, part in block.items() if key != "accessory"} for block in told]


def _changes(message: Seen) -> list[str]:
    return [label for label, _ in _accessories(message)]


def _accessories(message: Seen) -> list[tuple[str, str]]:
    """Label of a line of the review, and the text of the button beside it."""
    return [
        (block["text"]["text"].partition("\n")[0].strip("*"), block["accessory"]["text"]["text"])
        for block in message.blocks
        if "accessory" in block
    ]


def _name(shown: str) -> str:
    return f"{TICKED}{shown.removeprefix(TICK)}" if shown.startswith(TICK) else shown


def _inputs(blocks: Sequence[Block]) -> list[Block]:
    return [block for block in blocks if block["type"] == "input"]


def _entered(kind: str, answer: str) -> Any:
    """What is entered: nothing, the choices by their texts, or the words."""
    several = kind in {"checkboxes", "multi_static_select"}
    if several:
        return [one.strip() for one in answer.split(",") if one.strip()]
    return answer or None
