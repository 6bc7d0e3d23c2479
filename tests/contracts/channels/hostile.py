"""What people type is shown as they typed it and does nothing, whatever a platform makes of it."""

import pytest

from dialogs.shows import Ask, Button, Card, Notice, Review, ReviewRow, Row, Section, Show
from tests.contracts.channels.world import World
from tests.transcripts.wording import plain

TEXTS = {
    "script": "<script>alert(1)</script>",
    "broadcast": "<!channel> <!here>",
    "mention": "<@U1> and <#C1>",
    "link": "<https://evil.example|the CRM>",
    "markup": "</b><b>not bold",
    "entity": "&lt;b&gt; &amp; &#x41;",
    "emoji": "👩🏽‍🚀 🇩🇪 ☑ :tada:",
    "arabic": "شركة الطيران",
    "format": "{echo} %s \\n",
}
HOSTILE = pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
OVERRIDE = "Airbus \u202egnp.exe"
LONG = "".join(f"{number} " for number in range(1_100))  # 5,000 characters, told apart


def shows_with(text: str) -> list[Show]:
    """The text at every place that holds what people typed."""
    change = Button("Change Content", "e0")
    return [
        Ask(text, "Why?", echo=f"Customer: {text}", choices=(Button("A", "a"),)),
        Ask("T", text, hint=text, refusal=text),
        Review("T", "Right?", (ReviewRow("Content", text, change),), echo=text),
        Notice(text, rows=(Row("Content", text),)),
        Notice(text, tone="warning"),
        Card(text, (Row("Remark", text),), (Section("Chances", (text,)),)),
        Card("T", (), verdict=text, tone="rejected"),
    ]


class Hostile:
    @HOSTILE
    async def test_it_is_shown_as_it_was_typed(self, world: World, text: str) -> None:
        await world.sam.types(text)
        await world.settle()
        for show in shows_with(text):
            await world.shows(show)
        for seen in world.sees():
            # What keeps a mention from being one is there and not to be seen.
            assert plain(text) in plain(seen.text).replace("\u2060", "")

    @pytest.mark.parametrize("text", [TEXTS["script"], TEXTS["mention"], TEXTS["emoji"]])
    async def test_it_may_stand_on_a_button(self, world: World, text: str) -> None:
        await world.shows(Ask("T", "Which?", choices=(Button(text, "tok"), Button("B", "b"))))
        (seen,) = world.sees()
        assert seen.buttons == (text, "B")

    async def test_stars_stay_letters_where_words_stand_alone(self, world: World) -> None:
        await world.shows(Ask("T", "*x* _y_ ~z~ `q`", hint="*x*"))
        (seen,) = world.sees()
        assert "*x* _y_ ~z~ `q`" in seen.text

    async def test_nobody_reads_it_backwards(self, world: World) -> None:
        for show in shows_with(OVERRIDE):
            await world.shows(show)
        for seen in world.sees():
            assert "gnp.exe" in seen.text

    async def test_five_thousand_characters_are_shown_as_far_as_they_fit(
        self, world: World
    ) -> None:
        for show in shows_with(LONG):
            await world.shows(show)
        for seen, show in zip(world.sees(), shows_with(LONG), strict=True):
            assert LONG[:40] in plain(seen.text), show
            assert plain(LONG)[-40:] in plain(seen.text) or "…" in seen.text, show

    async def test_nothing_at_all_is_no_trouble(self, world: World) -> None:
        for show in shows_with(""):
            await world.shows(show)
        assert len(world.sees()) == len(shows_with(""))
