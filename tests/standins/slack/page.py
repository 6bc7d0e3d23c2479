"""A page that looks like Slack, to see and do what a person sees and does.

`GET /__page` lists the persons, `GET /__page?person=U1` is that person's Slack, live. What it draws
is in the folder `page`; here is what it is told.
"""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute
from starlette.websockets import WebSocket, WebSocketDisconnect

from .entering import current_state
from .person import Person
from .seen import names
from .workspace import Channel, Message, View

if TYPE_CHECKING:
    from .standin import SlackStandin

Json = dict[str, Any]
FOLDER = Path(__file__).parent / "page"
PARTS = {each.name: each for each in FOLDER.iterdir()}
TYPES = {".js": "text/javascript", ".css": "text/css", ".html": "text/html"}


class Page:
    """Serves the page and tells it of every change."""

    def __init__(self, slack: "SlackStandin") -> None:
        self._slack = slack

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/__page", self.show),
            WebSocketRoute("/__page/live", self.live),
            Route("/__page/{name}", self.part),
        ]

    async def show(self, request: Request) -> Response:
        chosen = request.query_params.get("person")
        if chosen is not None and chosen not in self._slack.people:
            return PlainTextResponse(f"nobody here is called {chosen}", 404)
        return _file("person.html" if chosen else "people.html")

    async def part(self, request: Request) -> Response:
        name = request.path_params["name"]
        return _file(name) if name in PARTS else PlainTextResponse("not found", 404)

    async def live(self, websocket: WebSocket) -> None:
        """Tell the page what its person sees, now and after each change."""
        await websocket.accept()
        person = self._slack.people.get(websocket.query_params.get("person", ""))
        telling = asyncio.ensure_future(self._tell(websocket, person))
        try:
            while (await websocket.receive())["type"] != "websocket.disconnect":
                pass
        finally:
            telling.cancel()

    async def _tell(self, websocket: WebSocket, person: Person | None) -> None:
        told = self._slack.changes.count
        try:
            while True:
                await websocket.send_json(self._situation(person))
                told = await self._slack.changes.after(told)
        except (WebSocketDisconnect, RuntimeError):
            return

    def _situation(self, person: Person | None) -> Json:
        people = [
            {"id": p.id, "name": p.name, "restricted": p.user.is_restricted, "bot": p.user.is_bot}
            for p in self._slack.people.values()
        ]
        app = self._slack.app
        known: Json = {"people": people, "team": app.team_name, "app": app.name}
        known["violations"] = [str(each) for each in self._slack.violations]
        return known | self._view_of(person) if person else known

    def _view_of(self, person: Person) -> Json:
        workspace = self._slack.workspace
        home = workspace.homes.get(person.id)
        dm = person.dm
        places = workspace.channels_of(person.id)
        return {
            "me": {"id": person.id, "name": person.name},
            "dm": dm,
            "names": names(workspace),
            "channels": [self._channel(each, person) for each in places],
            "messages": {each.id: self._messages(person, each) for each in places},
            "modals": [_view(each) for each in workspace.stacks.get(person.id, [])],
            "home": _view(home) if home else None,
            "notices": person.notices,
            "commands": self._slack.commands,
            "shortcuts": list(self._slack.shortcuts),
        }

    def _channel(self, channel: Channel, person: Person) -> Json:
        known = names(self._slack.workspace)
        others = [known[m] for m in channel.members if m != person.id]
        direct = channel.kind in {"im", "mpim"}
        title = ", ".join(others) if direct else channel.name
        return {"id": channel.id, "kind": channel.kind, "title": title}

    def _messages(self, person: Person, channel: Channel) -> list[Json]:
        visible = self._slack.workspace.visible(person.id, channel.id)
        return [self._message(person, each) for each in visible]

    def _message(self, person: Person, message: Message) -> Json:
        workspace = self._slack.workspace
        author = workspace.users[message.user]
        state = current_state(message.blocks, workspace.state_of(person.id, message))
        return {
            "ts": message.ts,
            "channel": message.channel,
            "author": author.name,
            "author_id": author.id,
            "by_app": message.by_app,
            "text": message.text,
            "blocks": message.blocks if message.by_app else [],
            # Slack marks an edit only where the text is what is shown.
            "edited": bool(message.edited) and not (message.by_app and message.blocks),
            "ephemeral": message.visible_to is not None,
            "thread": message.thread_ts,
            "files": [{"name": f.title or f.name, "size": f.size} for f in message.files],
            "reactions": {name: len(users) for name, users in message.reactions.items() if users},
            "state": state,
        }


def _view(view: View) -> Json:
    kept = ("title", "submit", "close", "type")
    shown = {key: view.content.get(key) for key in kept}
    inside = {"blocks": view.blocks, "state": view.state, "errors": view.errors}
    return {**shown, **inside, "id": view.id, "hash": view.hash}


def _file(name: str) -> Response:
    path = PARTS[name]
    headers = {"Cache-Control": "no-store"}
    return FileResponse(path, media_type=TYPES[path.suffix], headers=headers)
