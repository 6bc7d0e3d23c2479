"""Intents over which the program itself stumbles: what is behind them must get through."""

from dataclasses import dataclass, field, replace

import pytest

from bot import codec
from bot.deliveries import POISONED, Deliveries
from bot.outgoing import Outgoing
from bot.outside import Outside
from dialogs.crm import Staff
from dialogs.people import Address
from dialogs.rows import Claimed
from dialogs.shows import Notice, Say
from dialogs.turns import Inquiry
from tests.bot import test_denied
from tests.transcripts.clock import StillClock

SECRET = "what the customer said"


@dataclass
class Brittle:
    """A channel with a mistake of ours in how it shows warnings."""

    name: str = "slack"
    trouble: str = ""
    shown: list[str] = field(default_factory=list)

    async def show(self, say: Say, previous: str | None) -> str:
        if say.show.tone == "warning":
            raise KeyError(SECRET)
        self.shown.append(say.show.text)
        return "C:1"


class Core(test_denied.Settled):
    def settle_soon(self, settlement):
        self.settlements.append(settlement)


class OddCrm:
    """Answers in a way the adapter was not built for."""

    def deliver(self, delivery, *, fresh):
        raise KeyError(SECRET)

    def standing(self, staff, groups):
        raise KeyError(SECRET)


def chat(number, attempts, tone="info"):
    say = Say(Address("slack", "T1:USAM", "DSAM"), f"n:{number}", Notice(SECRET, tone=tone))
    body = codec.said.write(say)
    told = Claimed(
        number, f"k{number}", "chat", "chat:DSAM", "sam", body, attempts, fresh=True, created=0
    )
    return Outgoing(told)


@pytest.fixture
async def desk():
    channel, core = Brittle(), Core()
    deliveries = Deliveries(core, Outside({"slack": channel}, OddCrm()), StillClock())
    yield channel, core, deliveries
    await deliveries.drain(1)


@pytest.mark.parametrize(
    ("attempts", "outcomes", "shown"),
    [(1, ["retry", "release"], 0), (POISONED, ["dead", "done"], 1)],
)
async def test_a_message_that_cant_be_shown_waits_a_few_times_and_then_lets_the_next_one_pass(
    desk, attempts, outcomes, shown
):
    channel, core, deliveries = desk
    deliveries.deliver([chat(1, attempts, "warning"), chat(2, 1)])
    await deliveries.idle()
    assert [one.outcome for one in core.settlements] == outcomes
    assert len(channel.shown) == shown


@pytest.mark.parametrize(
    ("attempts", "outcome", "told"), [(1, "retry", []), (POISONED, "dead", ["refused"])]
)
async def test_an_entry_that_cant_be_carried_out_is_told_and_stays_for_the_administrator(
    desk, attempts, outcome, told
):
    _, core, deliveries = desk
    deliveries.deliver([Outgoing(replace(test_denied.claimed(1), attempts=attempts))])
    await deliveries.idle()
    (settled,) = core.settlements
    assert settled.outcome == outcome
    assert [codec.happened.read(one.payload).event.type for one in settled.arrivals] == told
    assert "KeyError" in settled.error


async def test_the_question_whether_somebody_may_decide_is_asked_until_there_is_an_answer(desk):
    _, core, deliveries = desk
    asked = codec.inquiry.write(Inquiry(Staff("Mia"), "q1"))
    intent = replace(test_denied.claimed(1), target="rights", body=asked, attempts=POISONED)
    deliveries.deliver([Outgoing(intent)])
    await deliveries.idle()
    assert [one.outcome for one in core.settlements] == ["retry"]
