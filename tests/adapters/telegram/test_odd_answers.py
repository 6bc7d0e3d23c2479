"""Answers of no known shape, as a proxy in between may give them: nothing breaks or gets lost."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from adapters.telegram import TelegramChannel
from dialogs.errors import ChatUnavailable
from dialogs.events import Said
from dialogs.people import Address
from dialogs.shows import Notice, Say
from tests.adapters.telegram.conftest import SHORT, Desk
from tests.adapters.telegram.inbox import Inbox
from tests.adapters.telegram.updates import said
from tests.standins.serving import serving

ME = {"id": 4711, "is_bot": True, "first_name": "Desk", "username": "DealdeskBot"}


class OddServer:
    """Answers each method with what is given for it, one after another, the last for ever."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Any]] = {
            "deleteWebhook": [{"ok": True, "result": True}],
            "getMe": [{"ok": True, "result": ME}],
        }

    async def answer(self, request: Request) -> Response:
        answers = self.answers[request.path_params["method"]]
        return JSONResponse(answers[0] if len(answers) == 1 else answers.pop(0))


@pytest.fixture
def odd() -> OddServer:
    return OddServer()


@pytest.fixture
async def channel(odd: OddServer) -> AsyncIterator[TelegramChannel]:
    application = Starlette(routes=[Route("/bot{token}/{method}", odd.answer, methods=["POST"])])
    async with serving(application) as url:
        channel = TelegramChannel.open("1:token", base_url=url, pauses=SHORT)
        yield channel
        await channel.close()


@pytest.mark.parametrize("answer", [[], {}, {"ok": True}, {"ok": True, "result": True}], ids=str)
async def test_a_message_is_not_taken_for_shown(
    answer: Any, odd: OddServer, channel: TelegramChannel
):
    odd.answers["sendMessage"] = [answer]
    with pytest.raises(ChatUnavailable, match="can't be read"):
        await channel.show(Say(Address("telegram", "70", "70"), "card", Notice("Hello")), None)


async def test_polling_goes_on(odd: OddServer, channel: TelegramChannel):
    odd.answers["getMe"].insert(0, {"ok": True, "result": {}})
    odd.answers["getUpdates"] = [
        {"ok": True},
        {"ok": True, "result": "soon"},
        {"ok": True, "result": [{"no": "number"}]},
        {"ok": True, "result": [said("Hello")]},
    ]
    async with Desk(channel, Inbox()).receiving() as inbox:
        assert await inbox.holds(1) == [Said("Hello")]


async def test_examining_finds_it(odd: OddServer, channel: TelegramChannel):
    odd.answers["getMe"] = [{"ok": True, "result": {}}]
    (token,) = await channel.examine()
    assert token.state == "unknown"
