"""Rows as the core would hand them over, with only what matters to a test left to say."""

from itertools import count
from typing import Any

from dialogs.rows import Arrived, Claimed, Done, Intent, Settlement, StoredApproval, StoredTimer
from tests.contracts.store.stores import Stores

NOW = 1_700_000_000_000
SECOND = 1000
LEASE = NOW + 60 * SECOND
DAY = 24 * 3600 * SECOND
TALK = "telegram:1"
_numbers = count(1)


def came(source_key: str | None = None, talk: str = TALK, at: int = NOW) -> Arrived:
    key = source_key or f"tg:1:{next(_numbers)}"
    return Arrived(key, talk, f"event-{key}", at, f'{{"from": "{key}"}}')


def say(key: str, order: str = "chat:1", **more: Any) -> Intent:
    return Intent(key, "chat", order, TALK, f'{{"text": "{key}"}}', **more)


def entry(key: str, order: str = "crm:case-1", **more: Any) -> Intent:
    return Intent(key, "crm", order, TALK, f'{{"entry": "{key}"}}', blocks_when_dead=True, **more)


def question(name: str, case: str = "case-1") -> StoredApproval:
    return StoredApproval(name, case, "sam", "open", "{}")


def alarm(name: str, due: int = NOW, talk: str = TALK) -> StoredTimer:
    return StoredTimer(name, talk, "remind", due, f'{{"fired": "{name}"}}')


def turn(stores: Stores, *intents: Intent, talk: str = TALK, **more: Any) -> list[Claimed]:
    """Let something happen in a conversation and keep this outcome of it."""
    with stores.books() as books:
        books.accept([came(talk=talk)])
        (taken,) = books.take([talk])
        done = Done(taken.seq, talk, "{}", taken.version, intents=intents, **more)
        return books.write([done], NOW, LEASE)


def settle(stores: Stores, claimed: Claimed, outcome: Any, at: int = NOW, **more: Any) -> None:
    with stores.books() as books:
        books.settle([Settlement(claimed.seq, claimed.attempts, outcome, **more)], at)


def claim(stores: Stores, at: int = NOW, limit: int = 20) -> list[Claimed]:
    with stores.books() as books:
        return books.claim(at, at + 60 * SECOND, limit)


def keys(claimed: list[Claimed]) -> list[str]:
    return [one.key for one in claimed]
