"""Every story as the engine tells it, and held to by every platform and by the CRM behind."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.transcripts.clock import StillClock
from tests.transcripts.platforms import Platform
from tests.transcripts.player_engine import Engine
from tests.transcripts.player_slack import Slack
from tests.transcripts.player_telegram import Telegram
from tests.transcripts.player_web import Web
from tests.transcripts.playing import Held, told_by_engine
from tests.transcripts.plugin import Rewriting
from tests.transcripts.stage import Stage
from tests.transcripts.transcript import read, write

STORIES = sorted(Path(__file__).parent.glob("*.txt"))
BY_NAME = pytest.mark.parametrize("path", STORIES, ids=[path.stem for path in STORIES])
Meet = Callable[[StillClock], tuple[Platform, ...]]


def _web(clock: StillClock) -> tuple[Platform, ...]:
    return Web(), Telegram(clock)


def _telegram(clock: StillClock) -> tuple[Platform, ...]:
    return Telegram(clock), Slack(clock)


def _slack(clock: StillClock) -> tuple[Platform, ...]:
    return Slack(clock), Telegram(clock)


PLATFORMS = {"web": _web, "telegram": _telegram, "slack": _slack}
"""Everybody's platform, and the one of `@other`."""


@BY_NAME
async def test_the_engine_tells_the_story(path: Path, tmp_path: Path, rewriting: Rewriting) -> None:
    text, clock = rewriting.golden(path), StillClock()
    engines = Engine("chat", clock), Engine("other", clock)
    async with Stage.set(read(text), tmp_path, clock, engines) as stage:
        told = write(await told_by_engine(read(text), stage))
    assert told == rewriting.settled(path, told)


def _told_on(platform: str, path: Path) -> bool:
    """On the web nobody is a stranger: a link is what lets somebody in."""
    return not (platform == "web" and path.stem == "15_linked_by_a_code")


ON_PLATFORMS = [
    pytest.param(meet, path, id=f"{name}-{path.stem}")
    for name, meet in PLATFORMS.items()
    for path in STORIES
    if _told_on(name, path)
]


@pytest.mark.parametrize(("meet", "path"), ON_PLATFORMS)
async def test_the_platform_shows_the_story(
    meet: Meet, path: Path, tmp_path: Path, rewriting: Rewriting
) -> None:
    story, clock = read(rewriting.golden(path)), StillClock()
    async with Stage.set(story, tmp_path, clock, meet(clock)) as stage:
        await Held(story, stage).play()
