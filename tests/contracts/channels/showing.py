"""What is shown is there to be read and pressed, in its place."""

import pytest

from dialogs.drawings import Board
from dialogs.errors import ChatUnavailable
from dialogs.shows import (
    Ask,
    Button,
    Card,
    Link,
    Notice,
    Picture,
    Review,
    ReviewRow,
    Row,
    Section,
    Show,
)
from tests.contracts.channels.world import World
from tests.standins.telegram.pictures import plain_picture

YES, NO = Button("Yes", "sam.1.c"), Button("No", "sam.1.c.1")
ASK = Ask(
    title="Appointment record · Airbus",
    prompt="Did the appointment take place?",
    hint="Yes or no",
    echo="Customer: Airbus",
    step=2,
    steps=5,
    choices=(YES, NO),
    controls=(Button("Fill in as a form", "sam.1.form", opens_form=True), Button("Cancel", "x")),
)
TICKED = Ask(
    title="Assessment",
    prompt="Which chances do you see?",
    refusal="Tick at least one.",
    choices=(Button("Strategic", "a", selected=True), Button("Volume", "b")),
    controls=(Button("Done", "d", style="primary"),),
)
REVIEW = Review(
    title="Appointment record",
    prompt="Is everything right?",
    rows=(
        ReviewRow("Customer", "Airbus", Button("Change Customer", "e0")),
        ReviewRow("What was discussed", "Seats\nDoors", Button("Change What was …", "e1")),
    ),
    echo="Travel cost: 12.00 €",
    controls=(Button("Save", "s", style="primary"), Button("Cancel", "c", style="danger")),
)
NOTICE = Notice(
    "Saved.",
    tone="good",
    rows=(Row("Case", "Airbus"), Row("Stage", "New")),
    buttons=(Button("Next", "sam.-.start.assess"),),
    link=Link("Open in the CRM", "https://crm.example.com/odoo/crm/7"),
)
CARD = Card(
    title="Decision: Airbus",
    facts=(Row("Sales manager", "Sam"), Row("Expected revenue", "250,000.00 €")),
    sections=(Section("Chances", ("Strategic (20)", "Volume (9)")),),
    buttons=(
        Button("Approve", "!.a.approved", style="primary"),
        Button("Reject", "!.a.rejected", style="danger"),
    ),
    link=Link("Open in the CRM", "https://crm.example.com/odoo/crm/7"),
)
DECIDED = Card(CARD.title, CARD.facts, verdict="Approved by Mia, 20 Nov 2026", tone="approved")
PICTURE = Picture(
    "Pipeline",
    Board("Pipeline"),
    "Pipeline: New 3",
    rows=(Row("New", "3"),),
    buttons=(Button("Key figures", "k"),),
    png=plain_picture(),
)
SHOWS: dict[str, Show] = {
    "picture": PICTURE,
    "ask": ASK,
    "ticked": TICKED,
    "review": REVIEW,
    "notice": NOTICE,
    "card": CARD,
    "decided": DECIDED,
}
ALL = pytest.mark.parametrize("show", SHOWS.values(), ids=SHOWS)


class Showing:
    @ALL
    async def test_a_show_is_there_whole(self, world: World, show: Show) -> None:
        await world.shows(show)
        (seen,) = world.sees()
        assert world.lacks(show, seen) == []

    async def test_messages_stand_in_the_order_in_which_they_were_shown(self, world: World) -> None:
        shown: list[Show] = [NOTICE, CARD, ASK]
        for show in shown:
            await world.shows(show)
        assert [
            world.lacks(show, seen) for show, seen in zip(shown, world.sees(), strict=True)
        ] == [[], [], []]

    async def test_an_edit_changes_the_message_in_its_place(self, world: World) -> None:
        reference = await world.shows(CARD)
        await world.shows(NOTICE)
        again = await world.shows(DECIDED, reference, edit=True)
        first, second = world.sees()
        assert again == reference
        assert world.lacks(DECIDED, first) == []
        assert first.buttons == ()
        assert world.lacks(NOTICE, second) == []

    async def test_an_edit_without_a_message_before_it_posts_one(self, world: World) -> None:
        await world.shows(CARD, edit=True)
        (seen,) = world.sees()
        assert world.lacks(CARD, seen) == []

    async def test_the_same_edit_twice_is_no_trouble(self, world: World) -> None:
        reference = await world.shows(CARD)
        for _ in range(2):
            assert await world.shows(DECIDED, reference, edit=True) == reference
        assert len(world.sees()) == 1

    @pytest.mark.parametrize("show", [ASK, REVIEW, CARD], ids=lambda show: show.type)
    async def test_what_is_shown_above_takes_the_buttons_of_the_one_before(
        self, world: World, show: Show
    ) -> None:
        reference = await world.shows(show)
        await world.sam.types("something in between")
        again = await world.shows(NOTICE, reference, above=True)
        old, new = world.sees()
        assert again != reference
        assert (old.buttons, old.changes) == ((), ())
        assert world.lacks(NOTICE, new) == []

    async def test_a_new_process_changes_what_an_earlier_one_has_shown(self, world: World) -> None:
        reference = await world.shows(CARD)
        await world.restart()
        await world.shows(DECIDED, reference, edit=True)
        (seen,) = world.sees()
        assert world.lacks(DECIDED, seen) == []

    async def test_a_platform_that_is_away_is_worth_another_try(self, world: World) -> None:
        world.asks_to_wait(0)
        with pytest.raises(ChatUnavailable):
            await world.shows(NOTICE)
        await world.shows(NOTICE)
        (seen,) = world.sees()
        assert world.lacks(NOTICE, seen) == []
