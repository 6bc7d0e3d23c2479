"""People in Slack are heard: what they do is in the inbox, once, before Slack hears that it is."""

import dataclasses
import logging
import time

import pytest

from dialogs.errors import ChatRefused
from dialogs.events import Barred, Pressed, Said, Shared
from dialogs.people import Address
from dialogs.shows import Ask, Button, Notice, Say

pytestmark = pytest.mark.usefixtures("channel")

YES = Button("Yes", "yes")
ASK = Ask("T", "How likely?", choices=(Button("High", "tok-high"), Button("Low", "tok-low")))


def to(person, show, **more):
    return Say(Address("slack", f"T1:{person.id}", person.dm), "question", show, **more)


async def test_a_direct_message_arrives(sam, inbox):
    await sam.says("Met <ACME> & co, see arts.de or a@b.de")
    arrival = await inbox.gets()
    assert arrival.event == Said("Met <ACME> & co, see arts.de or a@b.de")
    assert arrival.address == Address("slack", "T1:USAM", sam.dm)


async def test_b2_a_lost_event_comes_with_slacks_retry(slack, sam, inbox):
    slack.fail("event", "lost")
    await sam.says("hello")
    assert (await inbox.gets()).event == Said("hello")


async def test_b1_an_event_that_comes_twice_counts_once(slack, sam, inbox):
    slack.fail("event", "twice")
    await sam.says("hello")
    await inbox.gets()
    await inbox.gets()
    assert (len(inbox.arrivals), len(inbox.again)) == (1, 1)


async def test_a_press_arrives_with_its_token(sam, inbox, channel):
    await channel.show(to(sam, ASK), None)
    pressing = await sam.presses("High")
    arrival = await inbox.gets()
    assert pressing.accepted
    assert (arrival.event, arrival.address.chat) == (Pressed("tok-high"), sam.dm)


async def test_a_choice_from_a_list_arrives_as_a_press(sam, inbox, channel):
    many = tuple(Button(f"Reason {n}", f"r{n}") for n in range(12))
    await channel.show(to(sam, Ask("T", "Why?", choices=many)), None)
    await sam.selects("pick:choice", "Reason 7")
    assert (await inbox.gets()).event == Pressed("r7")


async def test_a_press_that_was_not_kept_is_not_acknowledged(slack, sam, inbox, channel):
    await channel.show(to(sam, ASK), None)
    inbox.closed = True
    with slack.violations.expected("unacked"):
        assert not (await sam.presses("High")).accepted
    inbox.closed = False
    assert (await sam.presses("High")).accepted
    assert inbox.events == [Pressed("tok-high")]


async def test_a_command_in_a_channel_points_to_the_direct_message(slack, sam, inbox):
    room = slack.channel("C1", "deals", members=[sam])
    await sam.commands("/dealdesk record ACME", room)
    arrival = await inbox.gets()
    assert arrival.event == Said("record ACME", command=True)
    assert arrival.address == Address("slack", "T1:USAM", sam.dm)
    hint = await sam.hears("See our direct message.", channel=room)
    assert hint.ephemeral


async def test_a_command_in_the_direct_message_is_answered_by_the_dialogue_alone(sam, inbox):
    await sam.commands("/dealdesk")
    assert (await inbox.gets()).event == Said("help", command=True)
    assert sam.chat() == []


async def test_the_direct_message_is_asked_for_once(slack, sam, inbox):
    for _ in range(2):
        await sam.commands("/dealdesk pending")
        await inbox.gets()
    assert [name for name, _ in slack.calls].count("conversations.open") == 1


async def test_a_command_of_somebody_who_takes_no_messages_is_let_go(slack, sam, inbox, caplog):
    slack.fail("conversations.open", "user_disabled")
    assert (await sam.commands("/dealdesk record")).accepted
    assert inbox.arrivals == []
    assert "user_disabled" in caplog.text


async def test_no_word_of_a_person_is_logged(sam, inbox, caplog):
    with caplog.at_level(logging.DEBUG):
        await sam.says("my secret words")
        await inbox.gets()
        await sam.commands("/dealdesk secret words")
    ours = [each for each in caplog.records if each.name.startswith(("adapters", "slack"))]
    assert not [each for each in ours if "secret words" in each.getMessage()]


async def test_the_shortcut_quotes_a_message_and_goes_on_in_the_direct_message(slack, sam, inbox):
    mia = slack.person("UMIA", "Mia")
    room = slack.channel("C1", "deals", members=[sam, mia])
    said = await mia.says("ACME wants to see us on Thursday", room)
    await sam.uses_shortcut("Record as appointment", said)
    arrival = await inbox.gets()
    quote = "ACME wants to see us on Thursday"
    assert arrival.event == Said("record", command=True, quote=quote)
    assert arrival.address == Address("slack", "T1:USAM", sam.dm)


async def test_b20_our_own_messages_and_those_of_other_bots_are_not_heard(
    slack, sam, inbox, channel
):
    other = slack.person("UBOT2", "Robot", is_bot=True)
    reference = await channel.show(to(sam, ASK), None)
    await channel.show(to(sam, Notice("changed"), edit=True), reference)
    room = slack.channel("C1", "deals", members=[sam, other])
    await sam.says(f"<@{slack.app.bot_user}> hello", room)
    await sam.says("last")
    assert (await inbox.gets()).event == Said("last")
    assert inbox.events == [Said("last")]


async def test_e2_e3_an_edited_message_is_told_a_deleted_one_is_not(sam, inbox):
    message = await sam.says("yes")
    await inbox.gets()
    await sam.deletes(await sam.edits(message, "no"))
    assert (await inbox.gets()).event == Shared("edit")
    await sam.says("last")
    assert (await inbox.gets()).event == Said("last")


async def test_e1_a_photo_is_told_by_its_kind(sam, inbox):
    await sam.shares("card.bin", b"data")
    shared = (await inbox.gets()).event
    assert isinstance(shared, Shared)
    assert (shared.kind, [one.name for one in shared.files]) == ("file", ["card.bin"])


async def test_e16_a_file_is_fetched_with_the_token_and_no_more_of_it_than_allowed(
    sam, inbox, channel
):
    await sam.shares("offer.pdf", b"%PDF-1.7 offer")
    (file,) = (await inbox.gets()).event.files
    assert await channel.fetch(file.ref, 100) == b"%PDF-1.7 offer"
    with pytest.raises(ChatRefused, match="larger"):
        await channel.fetch(file.ref, 5)
    with pytest.raises(ChatRefused, match="file_not_found"):
        await channel.fetch("F404", 100)


async def test_d8_somebody_from_outside_arrives_as_an_outsider_of_their_own_team(slack, inbox):
    guest = slack.person("UOUT", "Olga", team="T9")
    await guest.says("let me in")
    arrival = await inbox.gets()
    assert (arrival.address.account, arrival.event) == ("T9:UOUT", Barred("outsider"))


@pytest.mark.parametrize("fact", ["is_restricted", "is_ultra_restricted"])
async def test_d8_a_guest_is_an_outsider_whatever_they_do(slack, inbox, channel, fact):
    guest = slack.person("UGUEST", "Gus", **{fact: True})
    await guest.says("record")
    await inbox.gets()
    await channel.show(
        Say(Address("slack", "T1:UGUEST", guest.dm), "card", Notice("?", buttons=(YES,))), None
    )
    await guest.presses("Yes")
    await inbox.gets()
    await guest.commands("/dealdesk pending")
    await inbox.gets()
    assert inbox.events == [Barred("outsider")] * 3


async def test_d4_d8_who_left_is_an_outsider_within_a_minute(
    slack, sam, inbox, channel, monkeypatch
):
    """Slack lets nobody press who is deactivated; should it ever, the press counts for nothing."""
    await channel.show(
        Say(Address("slack", "T1:USAM", sam.dm), "card", Notice("?", buttons=(YES,))), None
    )
    await sam.presses("Yes")
    assert (await inbox.gets()).event == Pressed("yes")
    later = time.monotonic() + 61
    monkeypatch.setattr("adapters.slack.members.time.monotonic", lambda: later)
    slack.workspace.users["USAM"] = dataclasses.replace(sam.user, deleted=True)
    await sam.presses("Yes")
    assert (await inbox.gets()).event == Barred("outsider")


async def test_d8_slack_is_asked_once_a_minute_and_may_be_away(slack, sam, inbox):
    slack.fail("users.info", "503")
    for _ in range(3):
        await sam.says("hello")
        assert (await inbox.gets()).event == Said("hello")
    assert [name for name, _ in slack.calls].count("users.info") == 1


async def test_home_offers_words_to_press(slack, sam, inbox):
    await sam.opens_home()
    home = await sam.gets_home("Your sales process")
    assert home.buttons == ("Record", "Assess", "Pending")
    await sam.presses("Assess", view=home)
    arrival = await inbox.gets()
    assert arrival.event == Said("assess", command=True)
    assert arrival.address.chat == sam.dm


async def test_home_is_published_once(slack, sam, inbox):
    await sam.opens_home()
    await sam.gets_home()
    await sam.opens_home()
    await sam.says("after that")
    await inbox.gets()
    assert [name for name, _ in slack.calls].count("views.publish") == 1


async def test_b21_removing_the_app_is_said_once_and_kept_in_mind(
    slack, sam, inbox, channel, caplog
):
    slack.uninstalls()
    await sam.says("still there?")
    await inbox.gets()
    assert caplog.text.count("install it again") == 1
    assert "install it again" in channel.trouble
