"""A form page: asked for by a press, filled in, complained of, closed."""

from dialogs.events import Pressed, Submitted
from dialogs.shows import FormClosed, FormErrors, FormField, FormPage
from tests.contracts.channels.showing import ASK
from tests.contracts.channels.world import World

OPTIONS = (("pursue", "Pursue"), ("drop", "Drop it"))
RISKS = (("budget", "No budget"), ("scope", "Unclear scope"))
PAGE = FormPage(
    title="Opportunity and risk assessment",
    token="sam.2.page",
    submit="Next",
    close="Close",
    fields=(
        FormField("who", "Who was there?", "text", hint="Names"),
        FormField("content", "What was discussed?", "long_text"),
        FormField("what", "What do you recommend?", "choice", options=OPTIONS),
        FormField("risks", "Which risks?", "multi_choice", options=RISKS, optional=True),
        FormField("due", "By when?", "date"),
        FormField("remark", "Anything else?", "text", optional=True, initial=("as before",)),
    ),
)
FILLED = (
    ("Who was there?", "Ms Lind <lind@example.com>"),
    ("What was discussed?", "Seats\nDoors"),
    ("What do you recommend?", "Drop it"),
    ("Which risks?", "No budget, Unclear scope"),
    ("By when?", "2026-12-24"),
)
VALUES = {
    "who": ("Ms Lind <lind@example.com>",),
    "content": ("Seats\nDoors",),
    "what": ("drop",),
    "risks": ("budget", "scope"),
    "due": ("2026-12-24",),
    "remark": ("as before",),
}


class Forms:
    async def _opened(self, world: World) -> None:
        await world.shows(ASK)
        world.inbox.replies = [PAGE]
        await world.sam.presses("Fill in as a form")
        await world.settle()

    async def test_a_press_opens_it(self, world: World) -> None:
        await self._opened(world)
        assert world.inbox.events == [Pressed("sam.1.form")]
        for label in ("Who was there?", "Names", "Drop it", "Unclear scope", "By when?"):
            assert label in world.sam.page()

    async def test_what_is_filled_in_arrives(self, world: World) -> None:
        await self._opened(world)
        world.inbox.replies = [FormClosed()]
        await world.sam.fills_in(FILLED)
        await world.settle()
        submitted = world.inbox.events[-1]
        assert isinstance(submitted, Submitted)
        assert (submitted.token, dict(submitted.values)) == ("sam.2.page", VALUES)
        assert world.sam.page() == ""

    async def test_complaints_leave_it_open_with_what_was_typed(self, world: World) -> None:
        await self._opened(world)
        world.inbox.replies = [FormErrors((("who", "Names, please."),)), FormClosed()]
        await world.sam.fills_in(FILLED)
        await world.settle()
        assert "Names, please." in world.sam.page()
        await world.sam.fills_in((("Who was there?", "Ms Lind"),))
        await world.settle()
        submitted = world.inbox.events[-1]
        assert isinstance(submitted, Submitted)
        assert dict(submitted.values) == VALUES | {"who": ("Ms Lind",)}
        assert world.sam.page() == ""

    async def test_a_page_may_follow_a_page(self, world: World) -> None:
        second = FormPage("Two", "sam.3.page", "Next", "Close", (FormField("a", "More?", "text"),))
        await self._opened(world)
        world.inbox.replies = [second, FormClosed()]
        await world.sam.fills_in(FILLED)
        await world.settle()
        assert "More?" in world.sam.page()
        await world.sam.fills_in((("More?", "No"),))
        await world.settle()
        assert world.inbox.events[-1] == Submitted("sam.3.page", {"a": ("No",)})
