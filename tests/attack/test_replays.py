"""Ten thousand captured requests that were valid once: sent again they do nothing."""

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path
from random import Random

import pytest

from dialogs.limits import LIMITS
from tests.adapters.slack import payloads
from tests.adapters.telegram import updates
from tests.attack import amounts
from tests.attack.company import ACCOUNTS, ALL, SECRET, SLACK, TELEGRAM, Company, company, signed
from tests.attack.forgers import Request
from tests.attack.test_forgeries import attack

pytestmark = pytest.mark.timeout(amounts.SECONDS)
WORDS = ("hello", "status", "help", "record", "Meyer", "cancel", "assess", "pending")


@pytest.fixture
async def target(tmp_path: Path) -> AsyncIterator[Company]:
    async with company(tmp_path) as target:
        yield target


def slack_requests(known: list[str]) -> list[Request]:
    said = [
        payloads.event(
            payloads.message(word, user="USAM", channel="DSAM", event_ts=f"{time.time():.6f}"),
            event_id=f"Ev{number}",
        )
        for number, word in enumerate(WORDS)
    ]
    pressed = [
        payloads.pressed(
            {**payloads.button(token), "action_ts": f"{int(time.time())}.{number:06d}"},
            user={"id": "USAM", "team_id": "T1"},
        )
        | {"channel": {"id": "DSAM"}}
        for number, token in enumerate(known)
    ]
    return [(SLACK, *signed(payload)) for payload in said + pressed]


def telegram_requests(known: list[str]) -> list[Request]:
    mia = {"from": {**updates.SAM, "id": ACCOUNTS["Mia"]}}
    chat = {**updates.PRIVATE, "id": ACCOUNTS["Mia"]}
    found = [updates.said(word, chat=chat, **mia) for word in WORDS]
    found += [updates.pressed(token, chat, **mia) for token in known]
    secret = {"x-telegram-bot-api-secret-token": SECRET}
    numbered = ({**update, "update_id": 1000 + number} for number, update in enumerate(found))
    return [(TELEGRAM, json.dumps(update).encode(), secret) for update in numbered]


async def test_b16_what_was_valid_once_does_nothing_again(target: Company) -> None:
    known = target.tokens()
    captured = slack_requests(known) + telegram_requests(known)
    for request in captured:
        assert (await target.calls(*request)).status == 200
        await target.program.deliveries.idle()
    before = target.rows(*ALL)
    assert len(before["approval"]) == 1
    random = Random(amounts.SEED)
    again = (random.choice(captured) for _ in range(amounts.REPLAYED))
    statuses = await attack(target, again)
    await target.program.deliveries.idle()
    assert statuses == {200: amounts.REPLAYED}
    assert target.rows(*ALL) == before


async def test_b16_replays_cost_their_victim_nothing(target: Company) -> None:
    """Somebody else's replays are no inputs of the person whose they were."""
    target.open_doors(LIMITS)
    (first, *_) = slack_requests([])
    for _ in range(200):
        await target.calls(*first)
    said = payloads.message("status", user="USAM", channel="DSAM", event_ts=f"{time.time():.6f}")
    shown = len(target.channels["slack"].said)
    await target.calls(SLACK, *signed(payloads.event(said, event_id="Ev-own")))
    await target.program.deliveries.idle()
    assert "open cases" in repr(target.channels["slack"].said[shown:])
