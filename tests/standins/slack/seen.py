"""What a person sees: messages, modals and the Home tab as values that a test can look at."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .entering import current_state, inputs
from .mentions import as_read
from .rendering import buttons, lines, text
from .workspace import Message, View, Workspace

Json = dict[str, Any]


@dataclass(frozen=True)
class Seen:
    """One message as its reader sees it.

    `text` is everything readable, blocks as lines; `said` is the message's own text, which also is
    its notification. `changed` grows with every change anywhere, so it orders what was seen when.
    """

    channel: str
    ts: str
    author: str
    by_app: bool
    text: str
    said: str
    buttons: tuple[str, ...]
    fields: tuple[str, ...]
    edited: bool
    ephemeral: bool
    thread_ts: str | None
    files: tuple[str, ...]
    reactions: tuple[str, ...]
    blocks: tuple[Json, ...]
    changed: int

    def __str__(self) -> str:
        marks = ("(edited) " if self.edited else "") + ("(only you) " if self.ephemeral else "")
        return f"{self.author}: {marks}{self.text}"


@dataclass(frozen=True)
class SeenView:
    """A modal or a Home tab; `errors` by block_id, `fields` are the labels of its inputs."""

    id: str
    title: str
    text: str
    submit: str
    close: str
    buttons: tuple[str, ...]
    fields: tuple[str, ...]
    errors: Mapping[str, str]
    callback_id: str
    private_metadata: str
    hash: str
    blocks: tuple[Json, ...]
    values: Mapping[str, Mapping[str, Json]]

    def __str__(self) -> str:
        return f"{self.title}\n{self.text}"


def names(workspace: Workspace) -> dict[str, str]:
    """How users and channels are called, by id."""
    people = {user.id: user.name for user in workspace.users.values()}
    return people | {channel.id: channel.name for channel in workspace.channels.values()}


def seen_message(message: Message, reader: str, workspace: Workspace) -> Seen:
    known = names(workspace)
    state = current_state(message.blocks, workspace.state_of(reader, message))
    said = as_read(message.text, known)
    shown = "\n".join(lines(message.blocks, known, state)) if message.by_app else ""
    return Seen(
        channel=message.channel,
        ts=message.ts,
        author=workspace.users[message.user].name,
        by_app=message.by_app,
        text=shown or said,
        said=said,
        buttons=tuple(text(b.element["text"], known) for b in buttons(message.blocks)),
        fields=tuple(each.label for each in inputs(message.blocks)),
        edited=message.edited is not None,
        ephemeral=message.visible_to is not None,
        thread_ts=message.thread_ts,
        files=tuple(file.name for file in message.files),
        reactions=tuple(name for name, people in message.reactions.items() if people),
        blocks=tuple(message.blocks),
        changed=message.changed,
    )


def seen_view(view: View, workspace: Workspace) -> SeenView:
    known, content = names(workspace), view.content
    return SeenView(
        id=view.id,
        title=text(content.get("title"), known),
        text="\n".join(lines(view.blocks, known, view.state)),
        submit=text(content.get("submit"), known),
        close=text(content.get("close"), known),
        buttons=tuple(text(b.element["text"], known) for b in buttons(view.blocks)),
        fields=tuple(each.label for each in inputs(view.blocks)),
        errors=dict(view.errors),
        callback_id=content.get("callback_id", ""),
        private_metadata=content.get("private_metadata", ""),
        hash=view.hash,
        blocks=tuple(view.blocks),
        values=view.state,
    )
