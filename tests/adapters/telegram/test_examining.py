"""What `dealdesk check` hears about Telegram."""

from tests.adapters.telegram.conftest import Open
from tests.standins.telegram import faults
from tests.standins.telegram.people import Person
from tests.standins.telegram.standin import TelegramStandin
from tests.standins.telegram.webhook import Settings


async def test_a_bot_that_polls_is_in_order(
    telegram: TelegramStandin, open_channel: Open, sam: Person
):
    await sam.says("waiting")
    token, way = await open_channel().examine()
    assert (token.state, way.state) == ("ok", "ok")
    assert token.subject == f"Telegram: token of @dealdesk_bot ({telegram.bot.id})"
    assert way.subject.startswith("Telegram: polling, ")


async def test_a_foreign_webhook_is_found(telegram: TelegramStandin, open_channel: Open):
    await telegram.use_webhook(Settings("https://other.example.com/hook"))
    _, way = await open_channel().examine()
    assert way.state == "wrong"
    assert "another program" in way.remedy


async def test_a_webhook_is_missing_until_it_is_registered(open_channel: Open):
    settings = {"webhook_url": "http://127.0.0.1:9/hook", "webhook_secret": "s"}
    _, way = await open_channel(**settings).examine()
    assert (way.state, way.remedy) == ("missing", "`dealdesk run` registers the webhook")


async def test_telegrams_trouble_in_calling_us_is_passed_on(
    telegram: TelegramStandin, open_channel: Open
):
    await telegram.use_webhook(Settings("https://bot.example.com/hook"))
    assert telegram.webhook is not None
    telegram.webhook.last_error = (1_767_603_600, "Wrong response from the webhook: 502")
    settings = {"webhook_url": "https://bot.example.com/hook", "webhook_secret": "s"}
    *_, way, calls = await open_channel(**settings).examine()
    assert (way.state, calls.state) == ("ok", "wrong")
    assert "(2026-01-05 09:00 UTC): Wrong response from the webhook: 502" in calls.remedy


async def test_an_unknown_token_is_found(open_channel: Open):
    (token,) = await open_channel("1:unknown").examine()
    assert token.state == "wrong"
    assert "DEALDESK_TELEGRAM_TOKEN" in token.remedy


async def test_a_network_that_fails_is_no_verdict_on_the_token(
    telegram: TelegramStandin, open_channel: Open
):
    telegram.fail("getMe", faults.RESET)
    (token,) = await open_channel().examine()
    assert token.state == "unknown"
    assert "DEALDESK_TELEGRAM_BASE_URL" in token.remedy
