"""The webhook: who may call, what is answered, and that 200 means kept."""

import asyncio
import json
from collections.abc import AsyncIterator, Mapping

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from adapters.telegram import TelegramChannel
from adapters.telegram.webhook import PATH
from dialogs.errors import BadConfiguration
from dialogs.events import Pressed, Said
from dialogs.limits import BODY
from dialogs.people import Address
from dialogs.ports import HttpHook
from dialogs.shows import Button, Notice, Say
from tests.adapters.telegram.conftest import Open
from tests.adapters.telegram.inbox import Inbox
from tests.adapters.telegram.updates import said
from tests.standins.serving import serving
from tests.standins.telegram import faults, refusals
from tests.standins.telegram.people import Person
from tests.standins.telegram.standin import TelegramStandin

SECRET = "a-long_and_random-secret"
SIGNED = {"x-telegram-bot-api-secret-token": SECRET}
UPDATE = json.dumps(said("Hello")).encode()


@pytest.fixture
def channel(open_channel: Open) -> TelegramChannel:
    return open_channel(webhook_url="http://127.0.0.1:9/hook", webhook_secret=SECRET)


@pytest.fixture
def hook(channel: TelegramChannel, inbox: Inbox) -> HttpHook:
    return channel.hooks(inbox.accept)[PATH]


async def status(hook: HttpHook, body: bytes, headers: Mapping[str, str]) -> int:
    return (await hook(body, headers)).status


async def test_an_update_is_kept_and_then_acknowledged(hook: HttpHook, inbox: Inbox):
    assert await status(hook, UPDATE, SIGNED) == 200
    assert inbox.events == [Said("Hello")]


async def test_b16_the_same_update_again_is_acknowledged_again(hook: HttpHook, inbox: Inbox):
    assert await status(hook, UPDATE, SIGNED) == 200
    assert await status(hook, UPDATE, SIGNED) == 200
    assert inbox.events == [Said("Hello")]


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-telegram-bot-api-secret-token": ""},
        {"x-telegram-bot-api-secret-token": SECRET + "x"},
        {"x-telegram-bot-api-secret-token": "sécret\udcff"},
    ],
    ids=["none", "empty", "almost", "odd"],
)
async def test_b15_without_the_secret_nothing_is_taken(
    hook: HttpHook, inbox: Inbox, headers: Mapping[str, str]
):
    assert await status(hook, UPDATE, headers) == 403
    assert inbox.tries == 0


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"x" * (BODY + 1), 413),
        (b"", 400),
        (b"{", 400),
        (b"\xff\xfe", 400),
        (b"[]", 400),
        (b"{}", 400),
        (b"[" * 100_000, 400),
        (b'{"update_id": 1, "message": {}}', 200),
        (b'{"update_id": 1, "of_next_year": {}}', 200),
    ],
    ids=["huge", "empty", "half", "no text", "list", "no number", "deep", "poison", "unknown"],
)
async def test_b15_what_is_no_update_does_no_harm(
    hook: HttpHook, inbox: Inbox, body: bytes, expected: int
):
    assert await status(hook, body, SIGNED) == expected
    assert inbox.tries == 0


async def test_what_is_not_kept_is_not_acknowledged(hook: HttpHook, inbox: Inbox):
    inbox.shut(1)
    assert await status(hook, UPDATE, SIGNED) == 503
    assert await status(hook, UPDATE, SIGNED) == 200
    assert inbox.events == [Said("Hello")]


async def test_while_telegram_can_not_say_who_we_are_nothing_is_acknowledged(
    telegram: TelegramStandin, hook: HttpHook, inbox: Inbox
):
    telegram.fail("getMe", faults.BAD_GATEWAY)
    assert await status(hook, UPDATE, SIGNED) == 503
    assert await status(hook, UPDATE, SIGNED) == 200
    assert inbox.events == [Said("Hello")]


def test_a_channel_that_polls_has_no_hook(open_channel: Open, inbox: Inbox):
    assert open_channel().hooks(inbox.accept) == {}


class TestOnTheWeb:
    """Telegram calls us through a real web server."""

    @pytest.fixture
    async def channel(self, open_channel: Open, inbox: Inbox) -> AsyncIterator[TelegramChannel]:
        hooks: dict[str, HttpHook] = {}

        async def called(request: Request) -> Response:
            answer = await hooks[PATH](await request.body(), request.headers)
            return Response(answer.body, answer.status, media_type=answer.content_type)

        application = Starlette(routes=[Route(PATH, called, methods=["POST"])])
        async with serving(application) as url:
            channel = open_channel(webhook_url=f"{url}{PATH}", webhook_secret=SECRET)
            hooks.update(channel.hooks(inbox.accept))
            yield channel

    async def test_serving_registers_the_webhook_and_returns(
        self, telegram: TelegramStandin, channel: TelegramChannel, sam: Person, inbox: Inbox
    ):
        await asyncio.wait_for(channel.serve(inbox.accept), 10)
        await sam.says("Hello")
        assert await inbox.holds(1) == [Said("Hello")]
        assert telegram.webhook is not None
        assert telegram.webhook.settings.secret == SECRET
        assert telegram.updates.allowed == {"message", "edited_message", "callback_query"}
        assert telegram.profile.commands_for(70, "de")[0]["description"] == "Termin erfassen"

    async def test_a_press_is_answered(self, channel: TelegramChannel, sam: Person, inbox: Inbox):
        await channel.serve(inbox.accept)
        card = Notice("Approve?", buttons=(Button("Yes", "yes-1"),))
        await channel.show(Say(Address("telegram", "70", "70"), "card", card), None)
        await (await sam.presses("Yes")).answered()
        assert inbox.events == [Pressed("yes-1")]

    async def test_what_was_not_kept_is_sent_again_by_telegram(
        self, channel: TelegramChannel, sam: Person, inbox: Inbox
    ):
        inbox.shut(1)
        await channel.serve(inbox.accept)
        await sam.says("Hello")
        assert await inbox.holds(1) == [Said("Hello")]

    async def test_registering_goes_on_until_it_succeeds(
        self, telegram: TelegramStandin, channel: TelegramChannel, inbox: Inbox
    ):
        telegram.fail("setWebhook", refusals.server_error(), times=3)
        await asyncio.wait_for(channel.serve(inbox.accept), 10)
        assert telegram.webhook is not None


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({"token": "no token"}, "DEALDESK_TELEGRAM_TOKEN"),
        ({"webhook_url": "http://bot.example.com", "webhook_secret": "s"}, "https://"),
        ({"webhook_url": "https://bot.example.com"}, "DEALDESK_TELEGRAM_WEBHOOK_SECRET"),
        ({"webhook_url": "https://bot.example.com", "webhook_secret": "ä"}, "1-256"),
    ],
    ids=["token", "address", "no secret", "bad secret"],
)
def test_settings_that_can_not_work_are_refused_by_name(settings: dict[str, str], named: str):
    with pytest.raises(BadConfiguration, match=named) as caught:
        TelegramChannel.open(**{"token": "1:secretive", **settings})
    assert "secretive" not in str(caught.value)
