"""A person in front of Slack: writes, presses, chooses, fills in forms.

A person can only act on what they see (see `reader`); `forge` is for what nobody could do by hand.
"""

from collections.abc import Mapping
from typing import Any

from . import interactions, payloads, shapes
from .api_files import new_file
from .blocks import placed_elements
from .delivery import Delivery, Kind
from .entering import SEARCHED, Input, entered, find
from .interactions import Submission, Surface
from .mentions import as_sent
from .reader import Reader
from .rendering import buttons
from .seen import Seen, SeenView, seen_message
from .workspace import Channel, File, Message, View

Json = dict[str, Any]


class Person(Reader):
    """One member of the workspace, who reads and acts."""

    # -- writing -----------------------------------------------------------------------------

    async def says(
        self, text: str, channel: str | Channel | None = None, *, thread: Seen | None = None
    ) -> Seen:
        """Type `text` and send it; the app is told in the background."""
        return self._send(text, channel, thread, [])

    async def shares(
        self,
        name: str,
        content: bytes,
        text: str = "",
        channel: str | Channel | None = None,
    ) -> Seen:
        """Send a file."""
        file = self._kept_file(name, content)
        file.channels.append(self._channel(channel).id)
        return self._send(text, channel, None, [file])

    def _kept_file(self, name: str, content: bytes) -> File:
        file = new_file(self._slack, name, len(content), self.id)
        file.content, file.completed = content, True
        return file

    def _send(
        self, text: str, channel: str | Channel | None, thread: Seen | None, files: list[Any]
    ) -> Seen:
        self._types(text)
        place = self._channel(channel)
        assert self.id in place.members, f"{self.name} is not in {place.name}"
        sent = self._as_sent(text)
        message = Message(
            channel=place.id,
            ts=self._slack.ids.timestamp(),
            user=self.id,
            text=sent,
            blocks=payloads.written(text) if text else [],
            thread_ts=(thread.thread_ts or thread.ts) if thread else None,
            client_msg_id=None if files else self._slack.ids.named("c"),
            files=files,
        )
        self._slack.publish(message)
        return seen_message(message, self.id, self._slack.workspace)

    async def edits(self, message: Seen, text: str) -> Seen:
        """Change one's own message."""
        self._types(text)
        own = self._own(message)
        blocks = payloads.written(text)
        changed = self._slack.revised(own, text=self._as_sent(text), blocks=blocks)
        self._slack.republish(changed)
        return seen_message(changed, self.id, self._slack.workspace)

    async def deletes(self, message: Seen) -> None:
        """Take back one's own message."""
        self._slack.withdraw(self._own(message))

    async def commands(self, line: str, channel: str | Channel | None = None) -> Delivery:
        """Type a slash command, e.g. "/dealdesk record"; ends when it is taken or 3 s passed."""
        self._types(line)
        name, _, text = line.partition(" ")
        known = self._slack.commands
        assert name in known, f"{name} is no command of the app; there are {known}"
        place = self._channel(channel)
        return await interactions.command(self._slack, self.user, place, name, text.strip())

    # -- pressing ----------------------------------------------------------------------------

    async def presses(
        self, label: str, *, message: Seen | None = None, view: SeenView | None = None
    ) -> Delivery:
        """Press the button `label`: on top of the open modal, else in the newest message with it.

        With `message` or `view` only there. Ends when the app took it or 3 s passed.
        """
        for surface in self._surfaces(message, view):
            for each in buttons(surface.blocks):
                if each.element["text"]["text"] == label:
                    return await interactions.act(self._slack, self.user, surface, each, None)
        raise AssertionError(f"{self.name} sees no button {label!r}; {self._situation()}")

    async def selects(
        self,
        field: str,
        *choices: Any,
        message: Seen | None = None,
        view: SeenView | None = None,
    ) -> Delivery | None:
        """Choose in a select, radio buttons, checkboxes, a date picker or an overflow menu.

        `field` is its label, placeholder, block_id or action_id; choices are visible texts, a date
        as 2026-12-24. The app hears of it at once unless the field waits for its form (None then).
        """
        surface, place = self._field(field, message, view)
        several = len(choices) != 1
        options = await self._found(surface, place, choices) if place.kind in SEARCHED else []
        value = entered(place, choices if several else choices[0], options)
        return await self.enters(surface, place, value)

    async def types(
        self,
        field: str,
        text: str,
        *,
        message: Seen | None = None,
        view: SeenView | None = None,
    ) -> Delivery | None:
        """Fill in a text field and press Enter."""
        self._types(text)
        surface, place = self._field(field, message, view)
        return await self.enters(surface, place, entered(place, text))

    async def searches(
        self,
        field: str,
        query: str,
        *,
        message: Seen | None = None,
        view: SeenView | None = None,
    ) -> list[str]:
        """Type into a select that asks the app; the options it found are answered."""
        self._types(query)
        surface, place = self._field(field, message, view)
        self._long_enough(place, query)
        found = await interactions.search(self._slack, self.user, surface, place, query)
        return [each["text"]["text"] for each in found]

    async def enters(self, surface: Surface, place: Input, value: Json) -> Delivery | None:
        """Put `value` (see `entering.entered`) in a field; the app hears of it unless it waits."""
        if place.kind != "overflow":
            self._keep(surface, place, value)
        waits = place.block["type"] == "input" and not place.block.get("dispatch_action")
        if waits:
            return None
        return await interactions.act(self._slack, self.user, surface, place, value)

    def _keep(self, surface: Surface, place: Input, value: Json) -> None:
        if isinstance(surface, View):
            state = surface.state
        else:
            state = self._slack.workspace.state_of(self.id, surface)
        state.setdefault(place.block_id, {})[place.action_id] = value
        self._slack.changes.notify()

    def _long_enough(self, place: Input, query: str) -> None:
        least = place.element.get("min_query_length", 3)
        assert len(query) >= least, f"{place.label!r} asks the app only from {least} letters on"

    async def _found(self, surface: Surface, place: Input, choices: Any) -> list[Json]:
        found: list[Json] = []
        for each in choices:
            self._long_enough(place, str(each))
            found += await interactions.search(self._slack, self.user, surface, place, str(each))
        return found

    # -- forms -------------------------------------------------------------------------------

    async def submits(
        self, view: SeenView | None = None, values: Mapping[str, Any] | None = None
    ) -> Submission:
        """Fill in the modal on top (or `view`) and send it; ends when it is taken or 3 s passed.

        `values` by label, placeholder, block_id or action_id; choices by visible text, several as a
        list, files as (name, content), None to clear.
        """
        form = self._open_view(view)
        for name, given in (values or {}).items():
            await self._fills(form, find(form.blocks, name), given)
        assert form.content.get("submit"), "this modal has no submit button"
        return await interactions.submit(self._slack, self.user, form)

    async def _fills(self, form: View, place: Input, given: Any) -> None:
        if isinstance(given, str):
            self._types(given)
        choices = given if isinstance(given, (list, tuple)) else [given]
        if place.kind == "file_input":
            given = [shapes.file(self._kept_file(*each), self._slack.workspace) for each in choices]
        searched = place.kind in SEARCHED and given is not None
        options = await self._found(form, place, choices) if searched else []
        self._keep(form, place, entered(place, given, options))

    async def closes(self, view: SeenView | None = None, *, everything: bool = False) -> None:
        """Close the modal on top (Cancel or Esc); `everything` closes those below as well (✕)."""
        form = self._open_view(view)
        await interactions.close(self._slack, self.user, form, everything=everything)

    def _open_view(self, view: SeenView | None) -> View:
        stack = self._slack.workspace.stacks.get(self.id) or []
        assert stack, f"{self.name} has no modal open; {self._situation()}"
        top = stack[-1]
        assert view is None or view.id == top.id, f"{view} is not on top, {top.id} is"
        return top

    # -- elsewhere ---------------------------------------------------------------------------

    async def uses_shortcut(self, name: str, message: Seen | None = None) -> Delivery:
        """Choose a shortcut by its name: of `message`, or a global one without."""
        known = self._slack.shortcuts
        assert name in known, f"there is no shortcut {name!r}, only {list(known)}"
        if message is None:
            return await interactions.global_shortcut(self._slack, self.user, known[name])
        stored = self._stored(message)
        return await interactions.message_shortcut(self._slack, self.user, stored, known[name])

    async def opens_home(self) -> None:
        """Look at the app's Home tab; the app is told in the background."""
        workspace, at = self._slack.workspace, self._slack.ids.timestamp()
        home = workspace.homes.get(self.id)
        event = payloads.home_opened(self.id, self.dm, home, at, workspace)
        self._slack.announce("app_home_opened", event)

    async def forge(self, payload: Json, kind: Kind = "interactive") -> Delivery:
        """Send what nobody could do by hand, in this person's name.

        Interactive payloads are completed to a `block_actions` of this person; give any key to
        replace it. With `kind` "events_api" or "slash_commands" the payload goes out as it is.
        """
        if kind == "events_api":
            return self._slack.courier.event(payload)
        if kind == "slash_commands":
            return await self._slack.courier.once(kind, payload)
        blank = payloads.interaction("block_actions", self.user, self._slack.workspace)
        blank["trigger_id"] = self._slack.tickets.trigger(self.id)
        return await interactions.carry(self._slack, self.user, {**blank, **payload})

    # -- inside ------------------------------------------------------------------------------

    def _types(self, text: str) -> None:
        self._slack.typed.append(text)

    def _as_sent(self, text: str) -> str:
        users = self._slack.workspace.users.values()
        return as_sent(text, {user.handle: user.id for user in users})

    def _stored(self, seen: Seen) -> Message:
        message = self._slack.workspace.message(seen.channel, seen.ts)
        assert message is not None, f"the message is gone: {seen}"
        return message

    def _own(self, seen: Seen) -> Message:
        message = self._stored(seen)
        assert message.user == self.id, f"not {self.name}'s own message: {seen}"
        return message

    def _surfaces(self, message: Seen | None, view: SeenView | None) -> list[Surface]:
        workspace = self._slack.workspace
        if message is not None:
            return [self._stored(message)]
        stack = workspace.stacks.get(self.id) or []
        home = workspace.homes.get(self.id)
        if view is not None:
            here = [each for each in [*stack[-1:], home] if each is not None]
            found = [each for each in here if each.id == view.id]
            assert found, f"{view} is no longer before {self.name}"
            return list(found)
        if stack:
            return [stack[-1]]
        places = workspace.channels_of(self.id)
        said = [m for place in places for m in workspace.visible(self.id, place.id)]
        newest = sorted(said, key=lambda m: m.changed, reverse=True)
        return [*newest, *([home] if home else [])]

    def _field(
        self, name: str, message: Seen | None, view: SeenView | None
    ) -> tuple[Surface, Input]:
        surfaces = self._surfaces(message, view)
        for surface in surfaces:
            for block, element in placed_elements(surface.blocks):
                place = Input(block, element)
                if place.answers_to(name):
                    return surface, place
        raise AssertionError(f"{self.name} sees no field {name!r}; {self._situation()}")
