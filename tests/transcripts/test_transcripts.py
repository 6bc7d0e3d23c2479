"""Every story as the engine tells it, and held to by every platform and by the CRM behind."""

from pathlib import Path

import pytest

from tests.transcripts.clock import StillClock
from tests.transcripts.player_engine import Engine
from tests.transcripts.player_slack import Slack
from tests.transcripts.player_telegram import Telegram
from tests.transcripts.player_web import Web
from tests.transcripts.playing import Held, told_by_engine
from tests.transcripts.stage import Stage
from tests.transcripts.transcript import read, write

STORIES = sorted(Path(__file__).parent.glob("*.txt"))
BY_NAME = pytest.mark.parametrize("path", STORIES, ids=[path.stem for path in STORIES])


@BY_NAME
async def test_the_engine_tells_the_story(
    path: Path, tmp_path: Path, pytestconfig: pytest.Config
) -> None:
    text = path.read_text(encoding="utf-8")
    clock = StillClock()
    engines = Engine("chat", clock), Engine("other", clock)
    async with Stage.set(read(text), tmp_path, clock, engines) as stage:
        told = write(await told_by_engine(read(text), stage))
    if pytestconfig.getoption("rewrite_transcripts"):
        path.write_text(told, encoding="utf-8")
    else:
        assert text == told


PLATFORMS = {
    "web": lambda clock: (Web(), Telegram(clock)),
    "telegram": lambda clock: (Telegram(clock), Slack(clock)),
    "slack": lambda clock: (Slack(clock), Telegram(clock)),
}
"""Everybody's platform, and the one of `@other`."""


@BY_NAME
@pytest.mark.parametrize("name", PLATFORMS)
async def test_the_platform_shows_the_story(name: str, path: Path, tmp_path: Path) -> None:
    story, clock = read(path.read_text(encoding="utf-8")), StillClock()
    async with Stage.set(story, tmp_path, clock, PLATFORMS[name](clock)) as stage:
        await Held(story, stage).play()
