"""A hundred thousand requests that nobody may make: none has an effect, none ends in a fault."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from itertools import islice
from pathlib import Path
from random import Random

import httpx
import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from adapters.web.channel import STRANGER, account_of
from adapters.web.server import listening
from adapters.web.site import Site
from bot.health import metrics, troubles
from dialogs.limits import BODY
from dialogs.people import Address
from tests.attack import amounts, forgers
from tests.attack.company import ALL, SLACK, TELEGRAM, UNBOUNDED, Company, company, signed
from tests.attack.forgers import Request

pytestmark = pytest.mark.timeout(amounts.SECONDS)
TRACES = (b"Traceback", b'File "', b".py", b"Error:", b"sqlite", b"Exception")


@pytest.fixture
async def target(tmp_path: Path) -> AsyncIterator[Company]:
    async with company(tmp_path) as target:
        target.open_doors(UNBOUNDED)
        yield target


async def attack(target: Company, requests: Iterator[Request]) -> Counter[int]:
    """Send them all, many at once; return how often each status was answered."""
    statuses: Counter[int] = Counter()
    while batch := list(islice(requests, amounts.AT_ONCE)):
        answers = await asyncio.gather(*(target.calls(*request) for request in batch))
        for answer in answers:
            statuses[answer.status] += 1
            assert not any(trace in answer.body for trace in TRACES), answer
    assert all(status < 500 for status in statuses), statuses
    return statuses


async def test_b15_f9_what_slack_did_not_sign_is_refused(target: Company) -> None:
    before = target.rows(*ALL)
    statuses = await attack(target, forgers.unsigned(Random(amounts.SEED), amounts.UNSIGNED))
    assert statuses.keys() <= {400, 401}
    assert statuses[401] > 0.8 * amounts.UNSIGNED
    assert target.rows(*ALL) == before


@pytest.mark.parametrize("off", [-301, 302], ids=["old", "in the future"])
async def test_f9_a_signature_of_another_time_is_refused(target: Company, off: int) -> None:
    payload = {"type": "event_callback", "team_id": "T1", "event_id": "E", "event": {"type": "x"}}
    body, headers = signed(payload, at=time.time() + off)
    assert (await target.calls(SLACK, body, headers)).status == 401
    body, headers = signed(payload, at=time.time() + (295 if off > 0 else -295))
    assert (await target.calls(SLACK, body, headers)).status == 200


async def test_b15_what_telegram_did_not_send_is_refused(target: Company) -> None:
    before = target.rows(*ALL)
    statuses = await attack(target, forgers.secretless(Random(amounts.SEED), amounts.SECRETLESS))
    assert statuses == {403: amounts.SECRETLESS}
    assert target.rows(*ALL) == before


async def test_b17_what_has_no_known_shape_has_no_effect(target: Company) -> None:
    before = target.effects()
    statuses = await attack(target, forgers.misshapen(Random(amounts.SEED), amounts.MISSHAPEN))
    await target.program.deliveries.idle()
    assert statuses.keys() <= {200, 400}
    assert target.effects() == before


async def test_d6_d7_d11_tokens_that_were_never_offered_do_nothing(target: Company) -> None:
    """Forged ones, and real ones in hands that they were not made for."""
    before, random, known = target.effects(), Random(amounts.SEED), target.tokens()
    assert len(known) > 20
    statuses = await attack(target, forgers.forged(random, amounts.FORGED * 4 // 5, known))
    statuses += await attack(target, forgers.stolen(random, amounts.FORGED // 5, known))
    await target.program.deliveries.idle()
    assert statuses == {200: amounts.FORGED}
    after = target.effects()
    assert after == before
    told = "".join(repr(say.show) for one in target.channels.values() for say in one.said)
    assert not any(trace.decode() in told for trace in TRACES)


async def test_b15_a_login_that_is_nobodys_opens_nothing(target: Company) -> None:
    people = target.program.people
    for token in forgers.web_tokens(Random(amounts.SEED), amounts.TOKENS):
        account = account_of(token)
        assert people.behind(Address("web", account, account)) is None


async def test_b15_the_same_holds_over_real_connections(target: Company) -> None:
    random, known, before = Random(amounts.SEED + 1), target.tokens(), target.effects()
    part = amounts.BY_WIRE // 4
    requests = [
        *forgers.unsigned(random, part),
        *forgers.secretless(random, part),
        *forgers.misshapen(random, part),
        *forgers.forged(random, part, known),
    ]
    requests += [(path, b"x" * (BODY + 1), {}) for path in (SLACK, TELEGRAM)]
    random.shuffle(requests)
    async with listening(_site(target), "127.0.0.1", 0) as url:
        statuses = await _sent(url, requests)
        await _knocked(url, random)
    await target.program.deliveries.idle()
    assert statuses.keys() <= {200, 400, 401, 403, 413}
    assert statuses[413] == 2
    assert target.effects() == before


def _site(target: Company) -> Site:
    program = target.program
    return Site(
        accept=program.core.accept,
        hooks=target.doors,
        chat=program.web,
        who=lambda account: program.people.behind(Address("web", account, account)),
        menu=lambda _: (),
        languages=dict,
        words=lambda _: {},
        ready=lambda: troubles(program),
        metrics=lambda: metrics(program),
    )


async def _sent(url: str, requests: list[Request]) -> Counter[int]:
    statuses: Counter[int] = Counter()
    async with httpx.AsyncClient(base_url=url, trust_env=False) as client:
        for start in range(0, len(requests), 20):
            sent = (_posted(client, *one) for one in requests[start : start + 20])
            statuses.update([one for one in await asyncio.gather(*sent) if one])
    return statuses


async def _posted(client: httpx.AsyncClient, path: str, body: bytes, headers: object) -> int:
    raw = [
        (name.encode(), value.encode())
        for name, value in dict(headers).items()  # type: ignore[call-overload] # a mapping
        if value.isprintable() and value == value.strip()
    ]
    answer = await client.post(path, content=body, headers=raw)
    assert not any(trace in answer.content for trace in TRACES), answer.content
    return answer.status_code


async def _knocked(url: str, random: Random) -> None:
    address = f"{url.replace('http', 'ws', 1)}/ws"
    for token in forgers.web_tokens(random, 50):
        async with connect(address, proxy=None) as page:
            hello = {"type": random.choice(["hello", "say", "press"]), "token": token}
            await page.send(json.dumps(hello))
            with pytest.raises(ConnectionClosed):
                await page.recv()
            assert page.close_code == STRANGER
