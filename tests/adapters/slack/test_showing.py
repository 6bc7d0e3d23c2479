"""Messages are posted, changed in place, and their outdated copies lose the buttons."""

import pytest
from starlette.applications import Starlette
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount

from adapters.slack import SlackChannel
from adapters.slack.calls import Web
from adapters.slack.messages import Content, Messages
from dialogs.errors import ChatClosed, ChatDenied, ChatRefused, ChatUnavailable
from dialogs.people import Address
from dialogs.shows import Ask, Button, Notice, Review, ReviewRow, Say
from tests.adapters.slack.conftest import opened
from tests.standins.serving import serving

ASK = Ask("Appointment", "How likely?", choices=(Button("High", "h"),))
REVIEW = Review("Review", "All right?", (ReviewRow("Topic", "Series", Button("Change", "e")),))


@pytest.fixture
async def channel(slack):
    """Only sending."""
    channel = opened(slack, app_token=None)
    yield channel
    await channel.close()


@pytest.fixture
def address(sam):
    return Address("slack", "T1:USAM", sam.dm)


def say(address, show=ASK, **more):
    return Say(address, "question", show, **more)


async def test_a_message_is_posted_and_its_reference_returned(sam, channel, address):
    reference = await channel.show(say(address), None)
    seen = await sam.hears("How likely?")
    assert reference == f"{sam.dm}:{seen.ts}"
    assert (seen.buttons, seen.said) == (("High",), "Appointment\nHow likely?")


async def test_it_is_changed_in_place(sam, channel, address):
    reference = await channel.show(say(address), None)
    assert await channel.show(say(address, Notice("Done"), edit=True), reference) == reference
    assert [seen.text for seen in sam.chat()] == ["Done"]


async def test_without_edit_the_message_before_is_left_alone(sam, channel, address):
    reference = await channel.show(say(address), None)
    assert await channel.show(say(address, Notice("More")), reference) != reference
    assert [seen.buttons for seen in sam.chat()] == [("High",), ()]


async def test_an_edit_with_nothing_to_edit_is_posted(sam, channel, address):
    await channel.show(say(address, edit=True), None)
    assert len(sam.chat()) == 1


@pytest.mark.parametrize("error", ["message_not_found", "cant_update_message"])
async def test_c6_a_message_that_is_gone_is_posted_anew(slack, sam, channel, address, error):
    reference = await channel.show(say(address), None)
    slack.fail("chat.update", error)
    assert await channel.show(say(address, Notice("Done"), edit=True), reference) != reference
    assert sam.chat()[-1].text == "Done"


async def test_c4_an_edit_in_a_chat_that_is_gone_is_a_refusal(slack, channel, address):
    reference = await channel.show(say(address), None)
    slack.fail("chat.update", "channel_not_found")
    with pytest.raises(ChatRefused, match="channel_not_found"):
        await channel.show(say(address, edit=True), reference)


async def test_when_somebody_typed_below_it_is_posted_anew_without_the_old_buttons(
    sam, channel, address
):
    old = await channel.show(say(address, REVIEW), None)
    await sam.says("by the way")
    new = await channel.show(say(address, edit=True, above=True), old)
    before, typed, after = sam.chat()
    assert (before.buttons, typed.text, after.buttons) == ((), "by the way", ("High",))
    assert "Series" in before.text
    assert new == f"{sam.dm}:{after.ts}"


async def test_the_old_buttons_go_after_a_restart_too(slack, sam, channel, address):
    old = await channel.show(say(address, REVIEW), None)
    restarted = opened(slack, app_token=None)
    await restarted.show(say(address, above=True), old)
    assert [seen.buttons for seen in sam.chat()] == [(), ("High",)]
    assert "Series" in sam.chat()[0].text
    await restarted.close()


@pytest.mark.parametrize("error", ["message_not_found", "ratelimited", "503"])
async def test_old_buttons_that_stay_do_no_harm(slack, sam, channel, address, error):
    old = await channel.show(say(address), None)
    slack.fail("chat.update", error)
    assert await channel.show(say(address, above=True), old)
    assert len(sam.chat()) == 2


async def test_an_old_message_of_which_nothing_is_known_is_left_alone(sam, channel, address):
    assert await channel.show(say(address, above=True), f"{sam.dm}:1600000000.000100")


async def test_somebody_who_never_wrote_is_reached_by_direct_message(sam, channel):
    for chat in ("", "USAM"):
        await channel.show(say(Address("slack", "T1:USAM", chat)), None)
    assert len(sam.chat()) == 2


async def test_c1_a_rate_limit_says_how_long_to_wait(slack, channel, address):
    slack.fail("chat.postMessage", "ratelimited", retry_after=7)
    with pytest.raises(ChatUnavailable) as caught:
        await channel.show(say(address), None)
    assert caught.value.retry_after == 7.0


@pytest.mark.parametrize("how", ["500", "503", "reset", "internal_error", "fatal_error"])
async def test_trouble_that_passes_is_unavailable(slack, sam, channel, address, how):
    slack.fail("chat.postMessage", how)
    with pytest.raises(ChatUnavailable):
        await channel.show(say(address), None)
    assert sam.chat() == []


async def test_c5_a_post_whose_answer_was_lost_is_not_sent_again_by_itself(
    slack, sam, channel, address
):
    slack.fail("chat.postMessage", "reset", accepted=True)
    with pytest.raises(ChatUnavailable):
        await channel.show(say(address), None)
    assert len(sam.chat()) == 1


@pytest.mark.parametrize(
    "error", ["channel_not_found", "not_in_channel", "is_archived", "account_inactive"]
)
async def test_c4_a_place_that_takes_nothing_is_closed(slack, channel, address, error):
    slack.fail("chat.postMessage", error)
    with pytest.raises(ChatClosed, match=error):
        await channel.show(say(address), None)


async def test_c11_b21_an_account_that_is_inactive_may_be_our_own(slack, channel, address):
    """Slack says the same of a reader who left and of an app that was removed."""
    slack.fail("chat.postMessage", "account_inactive")
    slack.fail("auth.test", "account_inactive")
    with pytest.raises(ChatDenied, match="account_inactive"):
        await channel.show(say(address), None)


async def test_c4_a_message_that_is_refused_closes_no_chat(slack, channel, address):
    slack.fail("chat.postMessage", "is_bot")
    with pytest.raises(ChatRefused, match="is_bot") as refused:
        await channel.show(say(address), None)
    assert not isinstance(refused.value, ChatClosed)


async def test_a_message_that_slack_finds_wrong_is_a_refusal_that_says_where(slack, sam):
    web = Web(slack.tokens.bot, slack.api_url)
    wrong = [{"type": "section", "text": {"type": "plain_text", "text": "x" * 3001}}]
    with (
        slack.violations.expected("refused"),
        pytest.raises(ChatRefused, match=r"invalid_blocks .*json-pointer:/blocks/0/text/text"),
    ):
        await Messages(web).post(sam.dm, Content("text", wrong))
    await web.close()


async def test_c4_a_person_who_is_gone_is_a_refusal(slack, channel):
    slack.fail("conversations.open", "user_disabled")
    with pytest.raises(ChatRefused, match="user_disabled"):
        await channel.show(say(Address("slack", "T1:UGONE", "")), None)


async def test_c4_a_channel_without_dealdesk_says_what_to_do(slack, sam, channel):
    room = slack.channel("C1", "deals", members=[sam], with_app=False)
    with pytest.raises(ChatRefused, match="/invite"):
        await channel.show(say(Address("slack", "T1:USAM", room.id)), None)


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "missing_scope"])
async def test_c11_a_token_that_an_administrator_can_mend_is_waited_for(
    slack, channel, address, error
):
    slack.fail("chat.postMessage", error)
    with pytest.raises(ChatDenied, match=error):
        await channel.show(say(address), None)


async def test_an_unreachable_slack_is_unavailable(address):
    channel = SlackChannel.open("xoxb-1", None, None, "http://127.0.0.1:9/api/", lambda: 0)
    with pytest.raises(ChatUnavailable, match="reached"):
        await channel.show(say(address), None)
    await channel.close()


@pytest.mark.parametrize(
    "answer", [PlainTextResponse("ok"), HTMLResponse("<p>sign in</p>"), Response(b"\xff", 200)]
)
async def test_an_answer_that_is_none_of_slacks_is_unavailable(address, answer):
    async with serving(Starlette(routes=[Mount("/", answer)])) as url:
        channel = SlackChannel.open("xoxb-1", None, None, url, lambda: 0)
        with pytest.raises(ChatUnavailable):
            await channel.show(say(address), None)
        await channel.close()


async def test_what_a_person_typed_mentions_nobody(slack, sam, channel, address):
    """The stand-in complains of every control sequence of a person's that comes back."""
    nasty = "<!channel> <@USAM> <https://evil.example|bank>"
    await sam.says(nasty)
    for show in (
        Ask(nasty, nasty, nasty, nasty, nasty, choices=(Button(nasty, "t"),)),
        Review(nasty, nasty, (ReviewRow(nasty, nasty, Button(nasty, "t")),)),
        Notice(nasty, "warning"),
    ):
        await channel.show(say(address, show), None)
    assert all(nasty in seen.said for seen in sam.chat() if seen.by_app)
