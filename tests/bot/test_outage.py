"""The CRM is away or doubtful in the middle of everything: nobody waits for it, nothing is lost."""

from dataclasses import dataclass, field
from pathlib import Path

from bot.wiring import LEDGER, open_crm
from dialogs.crm import Delivery, DeliveryReceipt
from dialogs.errors import CrmUnavailable
from dialogs.library import Library
from dialogs.playbook import Playbook
from dialogs.ports import Crm
from tests.rig.odoo import OdooServer
from tests.transcripts.clock import StillClock
from tests.transcripts.crm_text import LedgerReader
from tests.transcripts.odoo_company import Company
from tests.transcripts.player_engine import Engine
from tests.transcripts.player_telegram import Telegram
from tests.transcripts.playing import Held
from tests.transcripts.plugin import Rewriting
from tests.transcripts.stage import Behind, Stage
from tests.transcripts.switch import Switched
from tests.transcripts.transcript import Eyes, read

STORY = Path(__file__).parents[1] / "transcripts" / "13_the_crm_is_away.txt"
SHORT = """# A record of an appointment that did not take place
people: Sam sales en

Sam: record
Sam: Airbus
Sam presses: New customer “Airbus”
Sam presses: No
Sam: Fog
Sam: skip
Sam: skip
Sam: save
"""


async def test_a_real_odoo_that_was_down_gets_everything_once_it_is_back(
    own_odoo: OdooServer, playbook: Playbook, tmp_path: Path, rewriting: Rewriting
) -> None:
    """The story as the ledger's: what is said, and what stands in the CRM in the end."""
    story, clock = read(rewriting.golden(STORY)), StillClock()
    company = Company(own_odoo, playbook)
    company.set_up(tmp_path / "setup")
    behind = company.behind("odoorpc")
    async with Stage.set(story, tmp_path, clock, (Telegram(clock),), behind=behind) as stage:
        await Held(story, stage).play()


@dataclass
class Doubtful(Switched):
    """Enters the first delivery, and the answer is lost on the way; so is the second one's."""

    lost: int = 2
    seen: list[tuple[str, bool]] = field(default_factory=list)

    def deliver(self, delivery: Delivery, *, fresh: bool) -> DeliveryReceipt:
        self.seen.append((delivery.key, fresh))
        receipt = super().deliver(delivery, fresh=fresh)
        if self.lost:
            self.lost -= 1
            raise CrmUnavailable("the connection broke before the answer came")
        return receipt


async def test_an_entry_whose_answer_was_lost_is_made_once(tmp_path: Path) -> None:
    doubtful: list[Doubtful] = []

    def opened(settings: object, library: Library) -> Crm:
        doubtful.append(Doubtful(open_crm(settings, library)))  # type: ignore[arg-type] # Settings
        return doubtful[-1]

    clock = StillClock()
    behind = Behind(open=opened)
    async with Stage.set(
        read(SHORT), tmp_path, clock, (Engine("chat", clock),), behind=behind
    ) as stage:
        for scene in stage.story.scenes:
            await stage.perform(scene.step)
        for _ in range(4):
            clock.turn(3600)
            await stage.house.catch_up()
        (made,) = LedgerReader(tmp_path / LEDGER).opportunities(doubtful[0].crm)
        sam = stage.people[Eyes("Sam")]
        said = [one.text for one in sam.chat()]
    keys = {key for key, _ in doubtful[0].seen}
    assert len(keys) == 1
    assert [fresh for _, fresh in doubtful[0].seen] == [True, False, False]
    assert [title for title, _, _ in made.notes] == ["Appointment record"]
    assert len([text for text in said if "kept safely" in text]) == 1
    assert len([text for text in said if ": in the CRM." in text]) == 1
