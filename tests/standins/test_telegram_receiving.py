"""How the Telegram stand-in hands over updates: polls, offsets, expiry, webhooks."""

import asyncio
import contextlib

import pytest
from starlette.applications import Starlette
from starlette.responses import Response
from starlette.routing import Route
from telegram import InlineKeyboardButton, InlineKeyboardMarkup, Update
from telegram.error import BadRequest, Conflict

from tests.standins.serving import serving
from tests.standins.telegram import HandClock, Refusal
from tests.standins.telegram.webhook import SECRET_HEADER

DAY = 86_400


@pytest.fixture
def telegram_clock():
    return HandClock()


@pytest.fixture
def ada(telegram):
    return telegram.person(1, "Ada", started=True)


def texts(updates):
    return [each.message.text for each in updates]


async def numbers(bot, **options):
    return [each.update_id for each in await bot.get_updates(**options)]


async def test_updates_are_handed_out_until_an_offset_confirms_them(ada, telegram, telegram_bot):
    await ada.says("one")
    await ada.says("two")
    first, second = await numbers(telegram_bot)
    assert second == first + 1
    assert await numbers(telegram_bot) == [first, second]
    assert await numbers(telegram_bot, offset=second) == [second]
    assert await numbers(telegram_bot, offset=second + 1) == []
    await telegram.settled()


async def test_a_restarted_bot_gets_again_what_it_had_not_confirmed(ada, telegram, telegram_bot):
    await ada.says("one")
    await telegram_bot.get_updates()
    assert texts(await telegram_bot.get_updates()) == ["one"]


async def test_a_limit_bounds_what_is_handed_out(ada, telegram, telegram_bot):
    for each in "abc":
        await ada.says(each)
    assert texts(await telegram_bot.get_updates(limit=2)) == ["a", "b"]
    with telegram.violations.expected("over_limit"):
        assert len(await telegram_bot.get_updates(limit=0)) == 1


async def test_a_negative_offset_keeps_the_newest(ada, telegram_bot):
    for each in "abc":
        await ada.says(each)
    assert texts(await telegram_bot.get_updates(offset=-1)) == ["c"]
    assert texts(await telegram_bot.get_updates()) == ["c"]


async def test_a_poll_waits_for_the_first_update(ada, telegram_bot):
    poll = asyncio.create_task(telegram_bot.get_updates(timeout=30))
    await ada.says("hello")
    assert texts(await poll) == ["hello"]


async def test_a_poll_ends_with_nothing_when_its_time_is_over(
    telegram, telegram_bot, telegram_clock
):
    poll = asyncio.create_task(telegram_bot.get_updates(timeout=30))
    assert await telegram_clock.wind() == 30
    assert await poll == ()


async def test_a_second_poll_sends_the_first_away(ada, telegram, telegram_bot, telegram_clock):
    first = asyncio.create_task(telegram_bot.get_updates(timeout=30))
    await telegram.polling.begun.after(0)
    second = asyncio.create_task(telegram_bot.get_updates(timeout=30))
    with (
        telegram.violations.expected("two_consumers"),
        pytest.raises(Conflict) as conflict,
    ):
        await first
    assert conflict.value.message == (
        "Conflict: terminated by other getUpdates request; make sure that only one bot instance "
        "is running"
    )
    await ada.says("hello")
    assert texts(await second) == ["hello"]


async def test_a_bot_that_is_killed_and_restarted_is_no_second_consumer(
    ada, telegram, telegram_bot
):
    killed = asyncio.create_task(telegram_bot.get_updates(timeout=30))
    await telegram.polling.begun.after(0)
    killed.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await killed
    restarted = asyncio.create_task(telegram_bot.get_updates(timeout=30))
    await telegram.polling.begun.after(1)
    await ada.says("hello")
    assert texts(await restarted) == ["hello"]


async def test_a_poll_whose_client_has_just_gone_is_no_second_consumer(telegram):
    hung_up, stays = asyncio.Event(), asyncio.Event()
    killed = asyncio.create_task(telegram.polling.poll(0, 100, 30, hung_up.wait))
    await telegram.polling.begun.after(0)
    hung_up.set()
    restarted = asyncio.create_task(telegram.polling.poll(0, 100, 30, stays.wait))
    with pytest.raises(Refusal) as refused:
        await killed
    assert (refused.value.code, refused.value.violation) == (409, None)
    stays.set()
    assert await restarted == []


async def test_updates_are_kept_for_a_day(ada, telegram, telegram_bot, telegram_clock):
    await ada.says("yesterday")
    telegram_clock.advance(DAY - 1)
    assert texts(await telegram_bot.get_updates()) == ["yesterday"]
    telegram_clock.advance(2)
    assert await telegram_bot.get_updates() == ()


async def test_after_a_silent_week_the_numbers_begin_anew(ada, telegram_bot, telegram_clock):
    await ada.says("one")
    (before,) = await numbers(telegram_bot)
    telegram_clock.advance(8 * DAY)
    await ada.says("two")
    (after,) = await numbers(telegram_bot)
    assert after not in range(before, before + 1_000)


async def test_an_offset_of_an_old_numbering_loses_nothing(ada, telegram, telegram_bot):
    await ada.says("one")
    (number,) = await numbers(telegram_bot)
    assert texts(await telegram_bot.get_updates(offset=number + 5_000)) == ["one"]


async def test_only_the_kinds_asked_for_are_queued(ada, telegram_bot):
    await telegram_bot.get_updates(allowed_updates=["callback_query"])
    await ada.says("unheard")
    await telegram_bot.get_updates(allowed_updates=["message"])
    sent = await ada.says("heard")
    await ada.edits(sent, "heard?")
    assert texts(await telegram_bot.get_updates()) == ["heard"]


async def test_an_edited_message_is_an_update_of_its_own(ada, telegram_bot):
    sent = await ada.says("one")
    await ada.edits(sent, "two")
    _, edited = await telegram_bot.get_updates()
    assert edited.edited_message.text == "two"


async def test_a_long_text_comes_in_parts(ada, telegram_bot):
    await ada.says("x" * 5_000)
    parts = await telegram_bot.get_updates()
    assert [len(each) for each in texts(parts)] == [4096, 904]


class Receiver:
    """A bot's webhook: answers with the statuses it is given, then with 200."""

    def __init__(self, *statuses: int) -> None:
        self.got = []
        self.secrets = []
        self._statuses = list(statuses)
        self._came = asyncio.Event()
        self.app = Starlette(routes=[Route("/hook", self.receive, methods=["POST"])])

    async def receive(self, request):
        self.got.append(Update.de_json(await request.json()))
        self.secrets.append(request.headers.get(SECRET_HEADER))
        came, self._came = self._came, asyncio.Event()
        came.set()
        status = self._statuses.pop(0) if self._statuses else 200
        return Response(status_code=status, headers={"Retry-After": "7"} if status == 429 else {})

    async def has(self, count):
        async with asyncio.timeout(5):
            while len(self.got) < count:
                await self._came.wait()
        return self.got


async def test_a_webhook_gets_updates_with_its_secret(ada, telegram, telegram_bot):
    receiver = Receiver()
    async with serving(receiver.app) as url:
        await telegram_bot.set_webhook(f"{url}/hook", secret_token="s3cret-word")
        await ada.says("hello")
        assert texts(await receiver.has(1)) == ["hello"]
        assert receiver.secrets == ["s3cret-word"]
        await telegram.settled()
        assert (await telegram_bot.get_webhook_info()).pending_update_count == 0


async def test_what_waited_for_polls_goes_to_the_webhook(ada, telegram, telegram_bot):
    await ada.says("early")
    receiver = Receiver()
    async with serving(receiver.app) as url:
        await telegram_bot.set_webhook(f"{url}/hook")
        assert texts(await receiver.has(1)) == ["early"]
        assert receiver.secrets == [None]


async def test_polls_and_a_webhook_exclude_each_other(ada, telegram, telegram_bot):
    poll = asyncio.create_task(telegram_bot.get_updates(timeout=30))
    await telegram.polling.begun.after(0)
    await telegram_bot.set_webhook("http://127.0.0.1:9/hook")
    with pytest.raises(Conflict, match="terminated by setWebhook request"):
        await poll
    with (
        telegram.violations.expected("two_consumers"),
        pytest.raises(Conflict, match="can't use getUpdates method while webhook is active"),
    ):
        await telegram_bot.get_updates()
    await telegram_bot.delete_webhook()
    assert await telegram_bot.get_updates() == ()


async def test_a_failing_webhook_is_tried_again_with_growing_pauses(
    ada, telegram, telegram_bot, telegram_clock
):
    receiver = Receiver(500, 500, 500, 429)
    async with serving(receiver.app) as url:
        await telegram_bot.set_webhook(f"{url}/hook")
        await ada.says("hello")
        await receiver.has(2)
        pauses = [await telegram_clock.wind() for _ in range(3)]
        assert texts(await receiver.has(5)) == ["hello"] * 5
        assert pauses == [2, 4, 7]
        await telegram.settled()
        told = await telegram_bot.get_webhook_info()
        assert told.last_error_message == "Wrong response from the webhook: 429 Too Many Requests"


async def test_a_poisoned_update_holds_up_its_own_chat_only(ada, telegram, telegram_bot):
    mia = telegram.person(2, "Mia", started=True)
    receiver = Receiver(500, 500)
    async with serving(receiver.app) as url:
        await telegram_bot.set_webhook(f"{url}/hook", max_connections=1)
        await ada.says("poison")
        await receiver.has(2)
        await ada.says("behind it")
        await mia.says("unharmed")
        assert texts(await receiver.has(3)) == ["poison", "poison", "unharmed"]


async def test_presses_do_not_wait_for_messages(ada, telegram, telegram_bot, telegram_clock):
    button = InlineKeyboardButton("go", callback_data="go")
    await telegram_bot.send_message(1, "Well?", reply_markup=InlineKeyboardMarkup([[button]]))
    receiver = Receiver(500, 500)
    async with serving(receiver.app) as url:
        await telegram_bot.set_webhook(f"{url}/hook")
        await ada.says("poison")
        await receiver.has(2)
        await ada.presses("go")
        query = (await receiver.has(3))[2].callback_query
        await telegram_bot.answer_callback_query(query.id)
        await telegram_clock.wind()
        await telegram.settled()


async def test_a_webhook_that_is_gone_for_23_hours_is_removed(
    ada, telegram, telegram_bot, telegram_clock
):
    receiver = Receiver(410, 410, 410)
    async with serving(receiver.app) as url:
        await telegram_bot.set_webhook(f"{url}/hook")
        await ada.says("anybody?")
        await receiver.has(2)
        await telegram_clock.awaited()
        telegram_clock.advance(23 * 3600 + 1)
        await receiver.has(3)
        await telegram_clock.awaited()
        assert (await telegram_bot.get_webhook_info()).url == ""


@pytest.mark.parametrize(
    ("url", "complaint"),
    [
        ("http://example.com/hook", "Bad webhook: an https url must be provided for webhook"),
        ("https://example.com:8080/x", "webhook can be set up only on ports 80, 88, 443 or 8443"),
        ("https://", "Invalid webhook url specified"),
    ],
)
async def test_a_webhook_needs_https_and_a_known_port(telegram, telegram_bot, url, complaint):
    with (
        telegram.violations.expected("bad_request"),
        pytest.raises(BadRequest, match=f"(?i){complaint}"),
    ):
        await telegram_bot.set_webhook(url)


@pytest.mark.parametrize(
    ("secret", "violation", "complaint"),
    [
        ("s" * 257, "over_limit", "Secret token is too long"),
        ("no spaces", "bad_request", "Secret token contains unallowed characters"),
    ],
)
async def test_a_secret_is_256_of_a_few_characters(
    telegram, telegram_bot, secret, violation, complaint
):
    with telegram.violations.expected(violation), pytest.raises(BadRequest, match=complaint):
        await telegram_bot.set_webhook("https://example.com/hook", secret_token=secret)


async def test_nothing_is_sent_to_another_machine(ada, telegram_bot, telegram_clock):
    await telegram_bot.set_webhook("https://example.com/hook", drop_pending_updates=True)
    await ada.says("hello")
    await telegram_clock.awaited()
    told = await telegram_bot.get_webhook_info()
    assert told.last_error_message == (
        "Connection failed: the stand-in delivers to this machine only"
    )
    assert told.pending_update_count == 1
