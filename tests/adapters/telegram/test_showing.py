"""What is shown stands in the chat, whatever Telegram says to it."""

import logging
from collections.abc import Awaitable, Callable

import pytest

from adapters.telegram import TelegramChannel
from dialogs.errors import ChatMoved, ChatRefused, ChatUnavailable
from dialogs.people import Address
from dialogs.shows import Ask, Button, Notice, Say
from tests.adapters.telegram.conftest import Open
from tests.standins.telegram import faults, refusals
from tests.standins.telegram.people import Person
from tests.standins.telegram.standin import TelegramStandin

ShowSam = Callable[..., Awaitable[str]]
ASK = Ask("Record", "How <likely>?", choices=(Button("1", "k1"), Button("2", "k2")))
NEXT = Ask("Record", "When?", choices=(Button("Today", "t"),))


def to(chat: int) -> Say:
    return Say(Address("telegram", "70", str(chat)), "card", Notice("Hello"))


async def test_a_question_stands_in_the_chat_with_its_buttons(sam: Person, show_sam: ShowSam):
    ref = await show_sam(ASK)
    message = sam.last()
    assert message.text == "Record\n\nHow <likely>?"
    assert [button.data for button in message.buttons] == ["k1", "k2"]
    assert message.preview == {"is_disabled": True}
    assert ref == f"70:{message.id}"


async def test_a_message_is_changed_in_place(sam: Person, show_sam: ShowSam):
    ref = await show_sam(ASK)
    assert await show_sam(NEXT, ref, edit=True) == ref
    assert [message.text for message in sam.chat] == ["Record\n\nWhen?"]
    assert [button.data for button in sam.last().buttons] == ["t"]


async def test_a_message_loses_its_buttons_when_it_has_none_any_more(
    sam: Person, show_sam: ShowSam
):
    ref = await show_sam(ASK)
    await show_sam(Notice("Saved"), ref, edit=True)
    assert sam.last().buttons == []


async def test_c6_a_message_that_says_so_already_is_left_as_it_is(sam: Person, show_sam: ShowSam):
    ref = await show_sam(ASK)
    assert await show_sam(ASK, ref, edit=True) == ref
    assert len(sam.chat) == 1


async def test_a_reference_may_be_the_number_alone(sam: Person, show_sam: ShowSam):
    ref = await show_sam(ASK)
    assert await show_sam(NEXT, ref.partition(":")[2], edit=True) == ref
    assert len(sam.chat) == 1


@pytest.mark.parametrize("ref", ["", "nonsense", "70:", None])
async def test_without_a_reference_the_message_is_posted(
    ref: str | None, sam: Person, show_sam: ShowSam
):
    assert await show_sam(ASK, ref, edit=True) == f"70:{sam.last().id}"


async def test_c6_a_message_that_is_gone_is_posted_anew(
    telegram: TelegramStandin, sam: Person, show_sam: ShowSam
):
    ref = await show_sam(ASK)
    telegram.chats.delete(sam.last())
    assert await show_sam(NEXT, ref, edit=True) == f"70:{sam.last().id}"
    assert [message.text for message in sam.chat] == ["Record\n\nWhen?"]


async def test_c6_a_message_that_can_not_be_changed_any_more_is_posted_anew(
    telegram: TelegramStandin, sam: Person, show_sam: ShowSam
):
    ref = await show_sam(ASK)
    telegram.fail("editMessageText", refusals.bad_request("message can't be edited"))
    assert await show_sam(NEXT, ref, edit=True) != ref
    assert len(sam.chat) == 2


async def test_below_what_somebody_typed_it_is_posted_anew_and_the_old_buttons_go(
    sam: Person, show_sam: ShowSam
):
    ref = await show_sam(ASK)
    await sam.says("four")
    assert await show_sam(NEXT, ref, edit=True, above=True) == f"70:{sam.last().id}"
    old, typed, new = sam.chat
    assert (old.text, old.buttons, typed.text) == ("Record\n\nHow <likely>?", [], "four")
    assert [button.data for button in new.buttons] == ["t"]


@pytest.mark.parametrize("fault", [faults.RESET, refusals.bad_request("message to edit not found")])
async def test_old_buttons_that_will_not_go_do_no_harm(
    fault: faults.Fault, telegram: TelegramStandin, sam: Person, show_sam: ShowSam
):
    ref = await show_sam(ASK)
    telegram.fail("editMessageReplyMarkup", fault)
    assert await show_sam(NEXT, ref, above=True) == f"70:{sam.last().id}"


async def test_c2_telegrams_waiting_time_is_passed_on(
    telegram: TelegramStandin, sam: Person, show_sam: ShowSam
):
    telegram.fail("sendMessage", refusals.too_many_requests(30))
    with pytest.raises(ChatUnavailable, match="wait") as caught:
        await show_sam(ASK)
    assert caught.value.retry_after == 30
    assert sam.chat == []


@pytest.mark.parametrize(
    "fault",
    [faults.RESET, faults.BAD_GATEWAY, faults.HANG, refusals.server_error()],
    ids=["reset", "bad gateway", "silence", "server error"],
)
async def test_a_disturbance_is_worth_another_try(
    fault: faults.Fault,
    telegram: TelegramStandin,
    sam: Person,
    show_sam: ShowSam,
    monkeypatch: pytest.MonkeyPatch,
):
    monkeypatch.setattr("adapters.telegram.api.DEADLINE", 0.5)
    telegram.fail("sendMessage", fault)
    with pytest.raises(ChatUnavailable, match="can't be reached"):
        await show_sam(ASK)
    await show_sam(ASK)
    assert len(sam.chat) == 1


async def test_c5_a_message_whose_receipt_was_lost_is_not_taken_for_shown(
    telegram: TelegramStandin, sam: Person, show_sam: ShowSam
):
    telegram.fail("sendMessage", faults.ACCEPT_THEN_RESET)
    with pytest.raises(ChatUnavailable):
        await show_sam(ASK)
    assert len(sam.chat) == 1


async def test_c3_whoever_blocked_the_bot_is_not_reached(sam: Person, show_sam: ShowSam):
    await sam.blocks()
    with pytest.raises(ChatRefused, match="blocked by the user"):
        await show_sam(ASK)


async def test_whoever_never_wrote_is_not_reached(
    telegram: TelegramStandin, channel: TelegramChannel
):
    telegram.person(71, "Mia")
    with pytest.raises(ChatRefused, match="can't initiate"):
        await channel.show(to(71), None)


async def test_a_chat_that_does_not_exist_is_not_reached(channel: TelegramChannel):
    with pytest.raises(ChatRefused, match="Chat not found"):
        await channel.show(to(99), None)


async def test_b21_a_group_that_threw_the_bot_out_is_not_reached(
    telegram: TelegramStandin, channel: TelegramChannel, sam: Person
):
    group = telegram.group(-200, "Management", sam)
    group.removes_bot(by=sam)
    with pytest.raises(ChatRefused, match="kicked"):
        await channel.show(to(-200), None)


@pytest.mark.parametrize("edit", [False, True])
async def test_c7_a_group_that_moved_says_where_it_went(
    edit: bool,  # noqa: FBT001 - a parameter of the test
    telegram: TelegramStandin,
    channel: TelegramChannel,
    sam: Person,
):
    group = telegram.group(-200, "Management", sam)
    old = await channel.show(to(-200), None)
    moved = group.migrates(-1_000_000_000_200, by=sam)
    with pytest.raises(ChatMoved) as told:
        await channel.show(Say(to(-200).address, "card", NEXT, edit=edit), old)
    assert told.value.chat == str(moved.id)


async def test_c7_a_card_of_the_old_group_is_posted_anew_in_the_new_one(
    telegram: TelegramStandin, channel: TelegramChannel, sam: Person
):
    group = telegram.group(-200, "Management", sam)
    old = await channel.show(to(-200), None)
    moved = group.migrates(-1_000_000_000_200, by=sam)
    ref = await channel.show(Say(to(moved.id).address, "card", NEXT, edit=True), old)
    assert ref == f"{moved.id}:{moved.chat[-1].id}"
    assert moved.chat[-1].text == "Record\n\nWhen?"


def ours(caplog: pytest.LogCaptureFixture) -> str:
    """What was logged on our side of the wire (the stand-in's server logs addresses)."""
    records = (each for each in caplog.records if not each.name.startswith("uvicorn"))
    return "\n".join(each.getMessage() for each in records)


async def test_c11_a_token_that_is_not_known_is_named_but_never_shown(
    open_channel: Open, caplog: pytest.LogCaptureFixture
):
    caplog.set_level(logging.DEBUG)
    token = "7012345678:AAE-revoked_and_still_secret"
    with pytest.raises(ChatUnavailable, match="DEALDESK_TELEGRAM_TOKEN") as caught:
        await open_channel(token).show(to(70), None)
    assert "revoked" not in str(caught.value)
    assert "revoked" not in ours(caplog)


async def test_the_token_is_in_no_log_and_no_error(
    telegram: TelegramStandin,
    sam: Person,
    channel: TelegramChannel,
    caplog: pytest.LogCaptureFixture,
):
    caplog.set_level(logging.DEBUG)
    telegram.fail("sendMessage", refusals.bad_request(f"no {telegram.token} here"))
    with pytest.raises(ChatRefused, match="No <token> here") as caught:
        await channel.show(to(70), None)
    await channel.show(to(70), None)
    secret = telegram.token.partition(":")[2]
    assert secret.casefold() not in ours(caplog).casefold()
    assert secret.casefold() not in str(caught.value).casefold()
    assert sam.last().text == "Hello"
