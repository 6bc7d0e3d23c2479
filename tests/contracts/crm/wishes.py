"""Deliveries as the dialogues make them, each for a case that no other test has."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from time import time_ns
from typing import Any

from dialogs.crm import (
    Activity,
    Customer,
    Delivery,
    DeliveryReceipt,
    Hands,
    Meeting,
    Note,
    Staff,
    Value,
)
from dialogs.errors import CrmUnavailable
from dialogs.ports import Crm
from tests.contracts.crm.world import SAM

_numbers = count()


def new_case() -> str:
    """An id that is unique in a CRM which several runs of the tests may share."""
    return f"T{time_ns():X}{next(_numbers):X}"


def record(case: str, number: int = 1, **other: Any) -> Delivery:
    """A recorded appointment with all that one can bring."""
    facts: dict[str, Any] = {
        "key": f"{case}-record-{number}",
        "case": case,
        "kind": "record",
        "author": SAM,
        "owner": SAM,
        "title": f"Title {case}",
        "customer": Customer(f"Company {case}"),
        "note": Note("Appointment record", (("Content", "First line\nsecond line"),)),
        "opportunity": {"x_dealdesk_t_char": Value("typed", "typed")},
        "meeting": Meeting(
            "First meeting", "2026-12-24T14:00:00+01:00", 90, "Hamburg", held=("Took place", "Yes")
        ),
        "activity": Activity("Assess it", "2026-12-28", "Look at the risks"),
    }
    return Delivery(**(facts | other))


def assess(case: str, number: int = 1, **other: Any) -> Delivery:
    """An assessment that completes what the record left to do."""
    facts: dict[str, Any] = {
        "key": f"{case}-assess-{number}",
        "kind": "assess",
        "note": Note("Assessment", (("Chance", "good"),)),
        "opportunity": {"x_dealdesk_t_integer": Value(7, "7")},
        "meeting": None,
        "activity": Activity("Decide on it", "2026-12-30"),
        "finishes": (f"{case}-record-1",),
    }
    return record(case, **(facts | other))


def hand_over(case: str, to: Staff, number: int = 1, **other: Any) -> Delivery:
    """The opportunity goes to somebody else, with something to do for them."""
    facts: dict[str, Any] = {
        "key": f"{case}-takeover-{number}",
        "kind": "takeover",
        "author": to,
        "owner": to,
        "note": Note("Hand-over", (("Hand-over", "Accepted"),)),
        "opportunity": {},
        "meeting": None,
        "activity": Activity("Take over", "2026-12-30"),
        "after": (f"{case}-record-1",),
        "passed_on": True,
        "team": "Group desk",
    }
    return record(case, **(facts | other))


def take_over(case: str, to: Staff, number: int = 1, **other: Any) -> Delivery:
    """Who looks after the customer takes the case over from Sam, and what is still to be done."""
    facts: dict[str, Any] = {
        "key": f"{case}-adopt-{number}",
        "kind": "adopt",
        "author": to,
        "owner": to,
        "note": Note("Taken over", (("From", "Sam"),)),
        "after": (f"{case}-record-1", f"{case}-assess-1"),
        "passed_on": True,
        "hands": Hands((f"{case}-record-1", f"{case}-assess-1"), SAM),
    }
    return plain(case, **(facts | other))


def plain(case: str, **other: Any) -> Delivery:
    """The least that a delivery can be."""
    nothing: dict[str, Any] = {"meeting": None, "activity": None, "opportunity": {}}
    return record(case, **(nothing | other))


def deliver(crm: Crm, delivery: Delivery) -> DeliveryReceipt:
    """Deliver for the first time."""
    return crm.deliver(delivery, fresh=True)


def at_once(calls: list[Callable[[], DeliveryReceipt]]) -> list[DeliveryReceipt]:
    """Make the calls in a thread each."""
    with ThreadPoolExecutor(len(calls)) as pool:
        return [future.result() for future in [pool.submit(call) for call in calls]]


def until_it_stands(crm: Crm, delivery: Delivery) -> DeliveryReceipt:
    """Deliver as the outbox does: with the same key, for as long as the outcome is unknown."""
    for attempt in range(20):
        try:
            return crm.deliver(delivery, fresh=attempt == 0)
        except CrmUnavailable:
            continue
    raise AssertionError("it never stood")
