"""What a person does arrives in the inbox, once, and with what it was done to."""

import pytest

from dialogs.errors import ChatRefused
from dialogs.events import Pressed, Said, Shared
from dialogs.limits import FILE
from dialogs.people import Address
from dialogs.ports import FileKeeper
from dialogs.shows import Button, Notice, Say
from tests.contracts.channels.showing import ASK, CARD, REVIEW, TICKED
from tests.contracts.channels.world import World
from tests.transcripts.platforms import CONTENTS


class Hearing:
    async def test_words_arrive_as_they_were_typed(self, world: World) -> None:
        for text in ("yesterday 14:00", "Seats & doors <40 a week>", "ü — 👍🏽", "a_b*c*"):
            await world.sam.types(text)
            await world.settle()
        assert world.inbox.events == [
            Said("yesterday 14:00"),
            Said("Seats & doors <40 a week>"),
            Said("ü — 👍🏽"),
            Said("a_b*c*"),
        ]

    async def test_a_command_is_told_from_an_answer(self, world: World) -> None:
        await world.sam.types("/record")
        await world.settle()
        await world.sam.types("record")
        await world.settle()
        assert world.inbox.events == [Said("record", command=True), Said("record")]

    async def test_it_is_known_who_spoke_and_where_an_answer_goes(self, world: World) -> None:
        await world.sam.types("hello")
        await world.settle()
        (arrival,) = world.inbox.kept
        told = arrival.address
        await world.channel.show(_greeting(told), None)
        await world.settle()
        assert (told.channel, told.account) == (world.channel.name, world.sam.address.account)
        assert not told.shared
        assert [one.text for one in world.sees()] == ["Hello Sam"]

    async def test_the_moment_of_an_act_is_the_platforms(self, world: World) -> None:
        await world.sam.types("hello")
        await world.settle()
        assert world.inbox.kept[0].at == world.clock.now()

    async def test_a_press_arrives_with_its_token(self, world: World) -> None:
        await world.shows(ASK)
        await world.sam.presses("No")
        await world.settle()
        await world.shows(CARD)
        await world.sam.presses("Approve")
        await world.settle()
        await world.shows(TICKED)
        await world.sam.presses("Volume")
        await world.settle()
        assert world.inbox.events == [Pressed("sam.1.c.1"), Pressed("!.a.approved"), Pressed("b")]

    async def test_the_pencil_of_a_line_arrives_with_its_token(self, world: World) -> None:
        await world.shows(REVIEW)
        await world.sam.changes("Customer")
        await world.settle()
        assert world.inbox.events == [Pressed("e0")]

    async def test_a_token_of_sixty_four_bytes_travels_whole(self, world: World) -> None:
        token = "x" * 64
        await world.shows(Notice("Long", buttons=(Button("Go", token),)))
        await world.sam.presses("Go")
        await world.settle()
        assert world.inbox.events == [Pressed(token)]

    async def test_two_presses_are_two_events(self, world: World) -> None:
        await world.shows(ASK)
        await world.sam.presses("Yes", times=2)
        await world.settle()
        assert world.inbox.events == [Pressed("sam.1.c"), Pressed("sam.1.c")]
        assert len({one.source_key for one in world.inbox.kept}) == 2

    async def test_an_event_that_comes_twice_has_one_key(self, world: World) -> None:
        await world.said_twice("once only")
        await world.settle()
        first, second = world.inbox.knocks
        assert first.source_key == second.source_key
        assert first.event == second.event
        assert world.inbox.events == [Said("once only")]

    async def test_a_file_arrives_with_its_caption_and_can_be_fetched(self, world: World) -> None:
        await world.sam.sends("offer.pdf", CONTENTS[".pdf"], "our offer")
        await world.settle()
        (shared,) = world.inbox.events
        assert isinstance(shared, Shared)
        assert (shared.kind, shared.caption) == ("file", "our offer")
        (file,) = shared.files
        told = (file.channel, file.name, file.size)
        assert told == (world.channel.name, "offer.pdf", len(CONTENTS[".pdf"]))
        await world.restart()
        assert isinstance(world.channel, FileKeeper)
        assert await world.channel.fetch(file.ref, FILE) == CONTENTS[".pdf"]
        with pytest.raises(ChatRefused):
            await world.channel.fetch(file.ref, 5)
        with pytest.raises(ChatRefused):
            await world.channel.fetch("nothing", FILE)

    async def test_a_button_that_is_gone_is_still_heard(self, world: World) -> None:
        reference = await world.shows(ASK)
        await world.settle()
        await world.shows(Notice("Over."), reference, edit=True)
        await world.sam.presses_old("Yes")
        await world.settle()
        assert world.inbox.events == [Pressed("sam.1.c")]


def _greeting(address: Address) -> Say:
    return Say(address, "n:1", Notice("Hello Sam"))
