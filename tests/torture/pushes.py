"""Entries pushed into Odoo the way the outbox does it, and counted there afterwards."""

import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from random import Random

from adapters.odoo.connection import DriverName
from dialogs.crm import Delivery, DeliveryReceipt
from dialogs.errors import CrmDenied, CrmUnavailable
from dialogs.ports import Crm
from tests.contracts.crm.wishes import assess, new_case, record
from tests.rig.odoo import OdooServer

AT_ONCE = 6
ATTEMPTS = 200
PAUSE_S = 0.15
ALL = {"active_test": False}
DRIVERS: tuple[DriverName, ...] = ("odoorpc", "json2")


@dataclass(frozen=True, slots=True)
class Pushed:
    """One entry that stands, and how often it had to be tried."""

    delivery: Delivery
    receipt: DeliveryReceipt
    attempts: int


def warm(crms: Sequence[Crm]) -> None:
    """Log in, for as long as it takes; a server that has just started is slow."""
    for crm in crms:
        for _ in range(ATTEMPTS):
            with suppress(CrmUnavailable):
                crm.search_customers("warm", 1)
                break


def pairs(number: int) -> list[tuple[Delivery, Delivery]]:
    """So many cases, each with a record and the assessment that completes what it left to do."""
    cases = [new_case() for _ in range(number)]
    return [(record(case), assess(case)) for case in cases]


def push_all(
    crms: Sequence[Crm], wishes: Sequence[Sequence[Delivery]], dice: Random
) -> list[Pushed]:
    """Push them, those of a case one after another, cases side by side, by all of the CRMs."""
    chosen = [(crms[n % len(crms)], wish, dice.random()) for n, wish in enumerate(wishes)]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        done = pool.map(lambda one: _in_order(*one), chosen)
        return [pushed for run in done for pushed in run]


def _in_order(crm: Crm, run: Sequence[Delivery], pause: float) -> list[Pushed]:
    return [_push(crm, one, PAUSE_S * (0.5 + pause)) for one in run]


def _push(crm: Crm, delivery: Delivery, pause: float) -> Pushed:
    for attempt in range(ATTEMPTS):
        try:
            receipt = crm.deliver(delivery, fresh=attempt == 0)
        except (CrmUnavailable, CrmDenied):
            time.sleep(pause)
            continue
        return Pushed(delivery, receipt, attempt + 1)
    raise AssertionError(f"{delivery.key} never stood")


def counted(odoo: OdooServer, pushed: Sequence[Pushed]) -> dict[str, Counter[int]]:
    """How many of these cases have how many of each record: all should say one, or what is due."""
    cases = list(dict.fromkeys(one.delivery.case for one in pushed))
    leads = _by_title(odoo, [f"Title {case}" for case in cases])
    ids = [lead for found in leads.values() for lead in found]
    return {
        "opportunities": Counter(len(leads[f"Title {case}"]) for case in cases),
        "companies": Counter(map(_companies(odoo), cases)),
        "meetings": _each(odoo, "calendar.event", "opportunity_id", ids, []),
        "activities": _each(odoo, "mail.activity", "res_id", ids, [("res_model", "=", "crm.lead")]),
        "notes": _each(odoo, "mail.message", "res_id", ids, NOTES),
    }


NOTES = [("model", "=", "crm.lead"), ("message_id", "=like", "<dealdesk-%")]
EXPECTED = {"opportunities": 1, "companies": 1, "meetings": 1, "activities": 2, "notes": 2}
"""Of a case with a record and an assessment."""


def lost_and_doubled(counts: dict[str, Counter[int]]) -> tuple[int, int]:
    """How many records are missing, and how many are too many."""
    lost = doubled = 0
    for what, found in counts.items():
        for number, cases in found.items():
            lost += cases * max(0, EXPECTED[what] - number)
            doubled += cases * max(0, number - EXPECTED[what])
    return lost, doubled


def _by_title(odoo: OdooServer, titles: list[str]) -> dict[str, list[int]]:
    asked = [("name", "in", titles)]
    found: dict[str, list[int]] = {title: [] for title in titles}
    for row in odoo.call("crm.lead", "search_read", asked, ["name"], context=ALL):
        found[row["name"]].append(row["id"])
    return found


def _companies(odoo: OdooServer) -> Callable[[str], int]:
    rows = odoo.call("res.partner", "search_read", [("is_company", "=", True)], ["name"])
    names = Counter(row["name"] for row in rows)
    return lambda case: names[f"Company {case}"]


def _each(
    odoo: OdooServer, model: str, link: str, ids: list[int], also: list[tuple[str, str, str]]
) -> Counter[int]:
    domain = [(link, "in", ids), *also]
    rows = odoo.call(model, "search_read", domain, [link], context=ALL)
    links = (row[link][0] if isinstance(row[link], list) else row[link] for row in rows)
    numbers = Counter(links)
    return Counter(numbers[lead] for lead in ids)
