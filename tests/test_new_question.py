"""A question is added in one place: one entry in the playbook file, and it is asked everywhere."""

from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import pytest

from bot.playbooks import SHIPPED
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

STORY = Path(__file__).with_name("new_question.txt")
ENTRY = """
[[form.question]]
id = "competitor"
kind = "text"
prompt = { en = "Who else is in the race?", de = "Wer ist noch im Rennen?" }
label = { en = "Competitor", de = "Mitbewerber" }
optional = true
crm = "x_dealdesk_competitor"

"""
NEXT = '[[form.question]]\nid = "next_step"'
"""The new question stands before this one."""
Meet = Callable[[StillClock], Platform]
PLATFORMS: dict[str, Meet] = {"web": lambda _: Web(), "telegram": Telegram, "slack": Slack}


@pytest.fixture
def variables(tmp_path: Path) -> dict[str, str]:
    """An environment with the playbook that ships and this one entry more."""
    shipped = files("dialogs.playbook").joinpath(SHIPPED).read_text(encoding="utf-8")
    assert shipped.count(NEXT) == 1
    longer = tmp_path / "playbook.toml"
    longer.write_text(shipped.replace(NEXT, ENTRY + NEXT), encoding="utf-8")
    return {"DEALDESK_PLAYBOOK": str(longer)}


async def test_the_engine_asks_it(
    variables: dict[str, str], tmp_path: Path, rewriting: Rewriting
) -> None:
    text, clock = rewriting.golden(STORY), StillClock()
    engine = Engine("chat", clock)
    async with Stage.set(read(text), tmp_path, clock, (engine,), variables=variables) as stage:
        told = write(await told_by_engine(read(text), stage))
    assert told == rewriting.settled(STORY, told)


@pytest.mark.parametrize("meet", PLATFORMS.values(), ids=PLATFORMS)
async def test_the_platform_asks_it(
    meet: Meet, variables: dict[str, str], tmp_path: Path, rewriting: Rewriting
) -> None:
    story, clock = read(rewriting.golden(STORY)), StillClock()
    async with Stage.set(story, tmp_path, clock, (meet(clock),), variables=variables) as stage:
        await Held(story, stage).play()
