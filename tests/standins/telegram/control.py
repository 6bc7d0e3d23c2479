"""The switches of the stand-in over HTTP, for tests and people in another process.

POST /__control/act    {"person": 1, "does": "says", "with": {"text": "hello"}}
GET  /__control/state  people and their chats, the bot's calls, the violations
POST /__control/fail   {"method": "sendMessage", "fault": "too_many_requests", "with": 30}
POST /__control/reset  forget everything

`person` may be an object with `id`, `first_name` and `language_code` to let somebody new come in.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from tests.standins.telegram import faults, refusals

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.standins.telegram.people import Person, Press
    from tests.standins.telegram.standin import TelegramStandin

DEEDS = frozenset(
    {
        "starts",
        "says",
        "presses",
        "forge",
        "sends_photo",
        "sends_document",
        "sends_voice",
        "sends_sticker",
        "shares_contact",
        "shares_location",
        "blocks",
        "unblocks",
    }
)
LOST = {
    "hang": faults.HANG,
    "reset": faults.RESET,
    "bad_gateway": faults.BAD_GATEWAY,
    "accept_then_hang": faults.ACCEPT_THEN_HANG,
    "accept_then_reset": faults.ACCEPT_THEN_RESET,
}
REFUSED: dict[str, Callable[[Any], refusals.Refusal]] = {
    "bad_request": refusals.bad_request,
    "forbidden": refusals.forbidden,
    "too_many_requests": refusals.too_many_requests,
    "server_error": refusals.server_error,
    "migrated": refusals.migrated,
}


def routes(standin: TelegramStandin) -> list[Route]:
    control = Control(standin)
    return [
        Route("/__control/act", control.act, methods=["POST"]),
        Route("/__control/state", control.state),
        Route("/__control/fail", control.fail, methods=["POST"]),
        Route("/__control/reset", control.reset, methods=["POST"]),
    ]


class Control:
    """What can be done and asked from outside; a mistake is answered with 409 and a sentence."""

    def __init__(self, standin: TelegramStandin) -> None:
        self._standin = standin

    async def act(self, request: Request) -> Response:
        wanted = await request.json()
        if wanted.get("does") not in DEEDS:
            return _mistaken(f"'does' must be one of {sorted(DEEDS)}")
        try:
            person = self._person(wanted["person"])
            done = await self._do(person, wanted["does"], dict(wanted.get("with", {})))
        except (AssertionError, KeyError, TypeError) as error:
            return _mistaken(str(error))
        return JSONResponse({"ok": True, "result": done})

    async def state(self, request: Request) -> Response:
        return JSONResponse(
            {
                "url": self._standin.url,
                "people": [self._shown(each) for each in self._standin.people.values()],
                "calls": [{"method": each.method, "ok": each.ok} for each in self._standin.calls],
                "violations": [str(each) for each in self._standin.violations],
                "pending": len(self._standin.updates.pending()),
            }
        )

    async def fail(self, request: Request) -> Response:
        wanted = await request.json()
        name, detail = wanted.get("fault"), wanted.get("with")
        if name not in {*LOST, *REFUSED}:
            return _mistaken(f"'fault' must be one of {sorted({*LOST, *REFUSED})}")
        fault = LOST[name] if name in LOST else REFUSED[name](detail)
        self._standin.fail(wanted["method"], fault, wanted.get("times", 1))
        return JSONResponse({"ok": True})

    async def reset(self, request: Request) -> Response:
        await self._standin.reset()
        return JSONResponse({"ok": True})

    def _person(self, wanted: int | dict[str, Any]) -> Person:
        if isinstance(wanted, dict):
            return self._standin.person(**wanted)
        return self._standin.people[wanted]

    async def _do(self, person: Person, does: str, details: dict[str, Any]) -> Any:
        for name in {"message", "reply_to"} & details.keys():
            chat = self._standin.chats.all[details.get("chat") or person.id]
            details[name] = chat.messages[details[name]]
        if "content" in details:
            details["content"] = base64.b64decode(details["content"])
        if does == "presses":
            return await _noticed(await person.presses(**details))
        done = await getattr(person, does)(**details)
        return getattr(done, "id", None)

    def _shown(self, person: Person) -> dict[str, Any]:
        chats = self._standin.chats
        return {
            "id": person.id,
            "first_name": person.user.first_name,
            "chats": [
                {
                    "chat": chats.chat_json(chat),
                    "messages": [chats.message_json(each) for each in chat.visible()],
                    "keyboard": person.keyboard(chat.id),
                }
                for chat in chats.of(person.id)
            ],
        }


async def _noticed(press: Press) -> dict[str, Any] | None:
    """What the bot shows for a press; nothing if it takes too long or the button asks nothing."""
    if press.query is None:
        return None
    try:
        answer = await press.answered()
    except AssertionError:
        return None
    return {"text": answer.text, "alert": answer.alert, "url": answer.url}


def _mistaken(why: str) -> Response:
    return JSONResponse({"ok": False, "error": why}, 409)
