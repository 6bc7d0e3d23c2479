"""Odoo hangs with 200 entries under way; Slack and Telegram are answered as if nothing were."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot import codec
from dialogs.books import Books
from dialogs.people import Address, Person
from dialogs.rows import Arrived, Done, Intent
from tests.endurance.front import person
from tests.endurance.office import Office, office
from tests.endurance.sizes import MODALS, busy, size
from tests.rig.processes import free_port
from tests.standins.slack.delivery import Delivery
from tests.standins.slack.standin import SlackStandin
from tests.standins.telegram import TelegramStandin

QUEUED, PER_SECOND, PEOPLE = 200, 50, 40
SECONDS, ROUNDS = size(4, 60), 3
P99_S, LONGEST_S = 0.3, 2.5
PATIENCE_S = 30
"""Measured, not enforced: so late an acknowledgement would not be seen at all."""
SECRET = "a-webhook-secret"
Send = Callable[[int], Awaitable[bool]]
"""Whether it was acknowledged as taken."""


@dataclass
class Hanging:
    """A server that takes every connection and never says a word, until it is let go."""

    url: str
    ended: asyncio.Event


@pytest.fixture
async def hanging() -> AsyncIterator[Hanging]:
    ended = asyncio.Event()

    async def hang(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await ended.wait()
        writer.close()

    server = await asyncio.start_server(hang, "127.0.0.1", 0)
    yield Hanging(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", ended)
    ended.set()
    server.close()


@pytest.fixture(params=["by HTTP", "by socket"])
async def front(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    hanging: Hanging,
    telegram: TelegramStandin,
    slack: SlackStandin,
) -> AsyncIterator[Office]:
    port, by_socket = free_port(), request.param == "by socket"
    variables = {
        "DEALDESK_LISTEN": f"127.0.0.1:{port}",
        "DEALDESK_CRM_URL": hanging.url,
        "DEALDESK_CRM_DATABASE": "odoo",
        "DEALDESK_CRM_LOGIN": "bot",
        "DEALDESK_CRM_SECRET": "key",
        "DEALDESK_TELEGRAM_TOKEN": telegram.token,
        "DEALDESK_TELEGRAM_BASE_URL": telegram.url,
        "DEALDESK_TELEGRAM_WEBHOOK_URL": f"http://127.0.0.1:{port}/telegram/webhook",
        "DEALDESK_TELEGRAM_WEBHOOK_SECRET": SECRET,
        "DEALDESK_SLACK_BOT_TOKEN": slack.tokens.bot,
        "DEALDESK_SLACK_API_BASE_URL": slack.api_url,
    }
    if by_socket:
        variables["DEALDESK_SLACK_APP_TOKEN"] = slack.tokens.app_level
    else:
        variables["DEALDESK_SLACK_SIGNING_SECRET"] = slack.signing_secret
    async with office(tmp_path, [person("ben"), *colleagues()], variables=variables) as made:
        await telegram.called("setWebhook", 1)
        if by_socket:
            await slack.changes.until(lambda: slack.socket.connections, 10)
        else:
            await slack.hears_by_http(f"{made.house.url}/slack/events")
        await made.records("ben", "Meyer")
        await made.program.core.do(partial(queue, now=made.house.clock.now()))
        await made.program.core.sweep()
        yield made
        hanging.ended.set()


def colleagues() -> list[Person]:
    here = [Address("telegram", str(n), str(n)) for n in range(1, PEOPLE + 1)]
    there = [Address("slack", f"T1:U{n:05}", f"U{n:05}") for n in range(1, PEOPLE + 1)]
    return [Person(f"{a.channel}{a.chat}", "P", "sales", addresses=(a,)) for a in here + there]


def queue(books: Books, now: int) -> None:
    """More entries like the one that waits, each of a case of its own."""
    (line,) = books.deliveries(["pending"], 2)
    first = codec.delivery.read(line.body)
    books.accept([Arrived("queue", "queue", "queue", now, "")])
    (taken,) = books.take(["queue"])
    entries = [replace(first, key=f"queued{n}", case=f"case{n}") for n in range(QUEUED)]
    intents = tuple(
        Intent(one.key, "crm", f"crm:{one.case}", "ben", codec.delivery.write(one))
        for one in entries
    )
    books.write([Done(taken.seq, "queue", "{}", taken.version, intents=intents)], now, now)


@dataclass(frozen=True)
class Round:
    p99: float
    longest: float
    refused: int

    def good(self) -> bool:
        in_time = self.p99 <= P99_S * busy() and self.longest <= LONGEST_S * busy()
        return in_time and not self.refused


async def measured(send: Send) -> Round:
    """So many inputs a second, whether the ones before were answered or not."""
    took: list[float] = []
    refused: list[int] = []

    async def one(number: int) -> None:
        before = time.perf_counter()
        taken = await send(number)
        took.append(time.perf_counter() - before)
        refused.extend([] if taken else [number])

    async with asyncio.TaskGroup() as sending:
        for number in range(SECONDS * PER_SECOND):
            sending.create_task(one(number))
            await asyncio.sleep(1 / PER_SECOND)
    took.sort()
    return Round(took[int(len(took) * 0.99)], took[-1], len(refused))


async def test_a20_r9_everybody_is_answered_in_time_while_odoo_hangs(
    front: Office, telegram: TelegramStandin, slack: SlackStandin
) -> None:
    numbers = count(1)
    for n in range(1, PEOPLE + 1):
        telegram.person(n, "P", started=True)
        slack.person(f"U{n:05}", "P")
    async with httpx.AsyncClient(timeout=30, trust_env=False) as client:

        def send(number: int) -> Awaitable[bool]:
            who = number // 2 % PEOPLE + 1
            if number % 2:
                return telegrammed(client, front, next(numbers), who)
            return slacked(slack, next(numbers), who)

        rounds = [await measured(send) for _ in range(ROUNDS)]
    counts = await front.program.core.do(lambda books: books.counts())
    assert counts["intent.crm.pending"] == QUEUED + 1
    assert any(one.good() for one in rounds), rounds  # the machine has other work, too
    assert all(one.refused == 0 for one in rounds), rounds


async def telegrammed(client: httpx.AsyncClient, front: Office, number: int, who: int) -> bool:
    sender = {"id": who, "is_bot": False, "first_name": "P"}
    message = {
        "message_id": number,
        "date": int(time.time()),
        "chat": {"id": who, "type": "private", "first_name": "P"},
        "from": sender,
        "text": "help",
    }
    answer = await client.post(
        f"{front.house.url}/telegram/webhook",
        json={"update_id": 10_000 + number, "message": message},
        headers={"X-Telegram-Bot-Api-Secret-Token": SECRET},
    )
    return answer.status_code == httpx.codes.OK


async def slacked(slack: SlackStandin, number: int, who: int) -> bool:
    someone = slack.person(f"U{who:05}", "P")
    payload: dict[str, Any] = {
        "type": "event_callback",
        "team_id": "T1",
        "event_id": f"Ev{number}",
        "event_time": int(time.time()),
        "event": {
            "type": "message",
            "channel": someone.dm,
            "channel_type": "im",
            "user": someone.id,
            "team": "T1",
            "text": "help",
            "ts": f"{int(time.time())}.{number:06}",
            "event_ts": f"{int(time.time())}.{number:06}",
        },
    }
    event = Delivery("events_api", payload, slack.clock.now() + PATIENCE_S)
    assert slack.courier.door
    return (await slack.courier.door.attempt(event, 0, "")).accepted


@pytest.mark.timeout(240)
async def test_a20_r10_no_modal_is_opened_too_late_while_odoo_hangs(
    front: Office, slack: SlackStandin
) -> None:
    """The stand-in notes every trigger that had run out, and the fixture fails for it."""
    lanes = 5
    opened = 0

    async def lane(number: int) -> None:
        nonlocal opened
        someone = slack.person(f"U{number:05}", "P")
        await someone.says("record")
        await someone.hears("Which customer did you meet?", timeout=30)
        for _ in range(MODALS // lanes):
            taken = await someone.presses("Fill in as a form")
            assert taken.accepted
            await slack.changes.until(lambda: someone.modal, LONGEST_S)
            await someone.closes()
            opened += 1

    await asyncio.gather(*(lane(number) for number in range(1, lanes + 1)))
    assert opened == MODALS // lanes * lanes
