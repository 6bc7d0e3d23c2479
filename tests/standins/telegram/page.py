"""Pages that show what a person sees in Telegram, and let somebody at a screen be that person.

GET /__page            everybody there is, and a way to let somebody new come in
GET /__page?person=1   that person's chat with the bot; &chat=-100… one of their groups
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Route

from tests.standins.telegram.calls import hung_up
from tests.standins.telegram.entities import DETECTED, Entity, stretch, to_html
from tests.standins.telegram.keyboards import Button
from tests.standins.telegram.waiting import first

if TYPE_CHECKING:
    from tests.standins.telegram.chats import Chat
    from tests.standins.telegram.messages import Media, Message
    from tests.standins.telegram.people import Person
    from tests.standins.telegram.standin import TelegramStandin

LOOK = Path(__file__).with_name("look")
TYPING_CHECK = 1.0  # seconds after which "typing…" is looked at again


def routes(standin: TelegramStandin) -> list[Route]:
    pages = Pages(standin)
    return [
        Route("/__page", pages.page),
        Route("/__page/people", pages.people),
        Route("/__page/people", pages.newcomer, methods=["POST"]),
        Route("/__page/state", pages.state),
        Route("/__page/file/{file_id}", pages.file),
        Route("/__page/look/{name}", pages.look),
    ]


class Pages:
    """The pages and the data that they show."""

    def __init__(self, standin: TelegramStandin) -> None:
        self._standin = standin

    async def page(self, request: Request) -> Response:
        if "person" not in request.query_params:
            return FileResponse(LOOK / "people.html")
        if int(request.query_params["person"]) not in self._standin.people:
            return Response("There is nobody of this number.", 404)
        return FileResponse(LOOK / "chat.html")

    async def look(self, request: Request) -> Response:
        names = {each.name for each in LOOK.iterdir()}
        name = request.path_params["name"]
        return FileResponse(LOOK / name) if name in names else Response(status_code=404)

    async def file(self, request: Request) -> Response:
        media = self._standin.files.get(request.path_params["file_id"])
        return Response(media.content, media_type=media.mime)

    async def people(self, request: Request) -> Response:
        everybody = self._standin.people.values()
        shown = [self._person(each) | {"chats": self._chats(each)} for each in everybody]
        return JSONResponse({"bot": self._bot(), "people": shown})

    async def newcomer(self, request: Request) -> Response:
        """Let somebody new come in: `id`, `first_name`, `language_code`."""
        person = self._standin.person(**await request.json())
        return JSONResponse(self._person(person), 201)

    async def state(self, request: Request) -> Response:
        """The chat as it now is; with `after`, once it is no longer what it was then."""
        wanted = request.query_params
        person = self._standin.people[int(wanted["person"])]
        chat = self._standin.chats.all[int(wanted.get("chat") or person.id)]
        await self._changed(int(wanted.get("after", -1)), chat, request)
        return JSONResponse(self._shown(person, chat))

    async def _changed(self, after: int, chat: Chat, request: Request) -> None:
        changes = self._standin.chats.changes
        waits = [changes.after(after), hung_up(request)()]
        if self._is_typing(chat):
            waits.append(self._standin.clock.sleep(TYPING_CHECK))
        await first(*waits)

    def _shown(self, person: Person, chat: Chat) -> dict[str, Any]:
        composer = chat.composer(person.id)
        rows = composer.keyboard.rows if composer.keyboard else ()
        return {
            "count": self._standin.chats.changes.count,
            "bot": self._bot(),
            "person": self._person(person),
            "chats": self._chats(person),
            "chat": {"id": chat.id, "title": self._title(chat), "members": len(chat.members) + 1},
            "standing": chat.bot,
            "typing": self._is_typing(chat),
            "messages": [self._message(each, person) for each in chat.visible()],
            "keyboard": [[button.text for button in row] for row in rows],
            "placeholder": composer.placeholder,
            "replying_to": composer.replying_to,
            "description": self._standin.profile.text("description", person.user.language_code),
            "commands": self._standin.profile.commands_for(chat.id, person.user.language_code),
        }

    def _bot(self) -> dict[str, str | None]:
        return {"name": self._standin.bot.first_name, "username": self._standin.bot.username}

    def _person(self, person: Person) -> dict[str, Any]:
        user = person.user
        name = f"{user.first_name} {user.last_name or ''}".strip()
        return {"id": user.id, "name": name, "language": user.language_code}

    def _chats(self, person: Person) -> list[dict[str, Any]]:
        return [
            {"id": each.id, "title": self._title(each), "last": _last_words(each)}
            for each in self._standin.chats.of(person.id)
            if each.migrated_to is None
        ]

    def _title(self, chat: Chat) -> str:
        return self._standin.bot.first_name if chat.kind == "private" else chat.title

    def _is_typing(self, chat: Chat) -> bool:
        return chat.typing_until > self._standin.clock.now()

    def _message(self, message: Message, person: Person) -> dict[str, Any]:
        at = datetime.fromtimestamp(message.date, UTC)
        return {
            "id": message.id,
            "mine": message.sender == person.user,
            "sender": message.sender.first_name,
            "html": _html(message),
            "time": f"{at:%H:%M}",
            "day": f"{at:%B} {at.day}",
            "edited": message.edited,
            "media": _media(message.media) if message.media else None,
            "buttons": [[_button(each) for each in row] for row in message.rows],
            "reply": self._reply(message),
            "service": _service(message),
        }

    def _reply(self, message: Message) -> dict[str, str] | None:
        if message.reply_to is None:
            return None
        original = self._standin.chats.all[message.chat_id].messages[message.reply_to]
        return {"sender": original.sender.first_name, "text": original.text[:80] or "File"}


def _html(message: Message) -> str:
    return to_html(message.text, tuple(_tappable(each, message.text) for each in message.entities))


def _tappable(entity: Entity, text: str) -> Entity:
    """Addresses and commands that Telegram found by itself are links too."""
    if entity.type not in DETECTED:
        return entity
    shown = stretch(text, entity.offset, entity.end)
    prefix = {"email": "mailto:", "url": "" if "://" in shown else "http://"}.get(entity.type, "#")
    return replace(entity, type="text_link", url=f"{prefix}{shown}")


def _media(media: Media) -> dict[str, Any]:
    return {
        "kind": media.kind,
        "name": media.name,
        "size": _readable(len(media.content)),
        "seconds": media.duration,
        "url": f"/__page/file/{media.file_id}",
    }


def _readable(size: int) -> str:
    kilobytes = size / 1000
    return f"{kilobytes / 1000:.1f} MB" if kilobytes >= 1000 else f"{max(kilobytes, 0.1):.1f} KB"


def _button(button: Button) -> dict[str, Any]:
    return {
        "text": button.text,
        "press": button.data or button.text,
        "url": button.url,
        "style": button.style,
    }


def _service(message: Message) -> str | None:
    if "contact" in message.service:
        return f"☎ {message.service['contact']['phone_number']}"
    if "location" in message.service:
        return "📍 {latitude:.4f}, {longitude:.4f}".format(**message.service["location"])
    return "The group became a supergroup" if message.service else None


def _last_words(chat: Chat) -> str:
    visible = chat.visible()
    return visible[-1].text[:60] if visible else ""
