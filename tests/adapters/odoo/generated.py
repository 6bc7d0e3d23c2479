"""Opportunities as a year of work leaves them in Odoo, and Odoo's own figures about them.

Made by Odoo's `create` in few calls; counted by Odoo's grouping alone, so that what we count can be
held against it.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from tests.rig.odoo import OdooServer

BATCH = 100
QUIET = {
    "tracking_disable": True,
    "mail_create_nosubscribe": True,
    "mail_auto_subscribe_no_notify": True,
}
FIELDS = {
    "hours": "x_dealdesk_total_hours",
    "travel": "x_dealdesk_total_travel",
    "contacted": "x_dealdesk_contacted_on",
    "inquired": "x_dealdesk_inquired_on",
    "course": "x_dealdesk_course",
}
DAYS = [f"2026-{month:02}-{day:02}" for month in range(1, 13) for day in (1, 9, 17, 28)]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Generated opportunities, told apart from all others by their team."""

    odoo: OdooServer
    team: int
    members: Sequence[int]

    @classmethod
    def of(cls, odoo: OdooServer, count: int, people: Sequence[int]) -> "Crowd":
        """Make so many, shared by these users."""
        facts = {"name": f"Team {secrets.token_hex(4)}", "member_ids": [(6, 0, list(people))]}
        (team,) = odoo.call("crm.team", "create", [facts])
        random = Random(count)
        wanted = ["is_won"]
        rows = odoo.call("crm.stage", "search_read", [("team_ids", "=", False)], wanted)
        stages = [(row["id"], row["is_won"]) for row in rows]
        reasons = odoo.call("crm.lost.reason", "search", [], limit=3)
        made = [_lead(random, team, people, stages) for _ in range(count)]
        for first in range(0, count, BATCH):
            batch = made[first : first + BATCH]
            ids = odoo.call("crm.lead", "create", batch, context=QUIET)
            open_ones = [
                one for one, lead in zip(ids, batch, strict=True) if lead["probability"] < 100
            ]
            lost = open_ones[:: len(reasons)]
            for number, reason in enumerate(reasons):
                odoo.call(
                    "crm.lead",
                    "action_set_lost",
                    lost[number :: len(reasons)],
                    lost_reason_id=reason,
                    context=QUIET,
                )
        return cls(odoo, team, people)

    def groups(
        self, by: str, domain: Sequence[Any] = (), sums: Sequence[str] = ()
    ) -> list[dict[str, Any]]:
        """Groups as Odoo's own list and graph views ask for them."""
        where = [("type", "=", "opportunity"), ("team_id", "=", self.team), *domain]
        everything = {"active_test": False}
        aggregates = ["__count", *(f"{one}:sum" for one in sums)]
        rows: list[dict[str, Any]] = self.odoo.call(
            "crm.lead", "formatted_read_group", where, [by], aggregates, context=everything
        )
        return rows

    def count(self, *domain: Any) -> int:
        where = [("type", "=", "opportunity"), ("team_id", "=", self.team), *domain]
        return int(
            self.odoo.call("crm.lead", "search_count", where, context={"active_test": False})
        )


def _lead(
    random: Random, team: int, people: Sequence[int], stages: Sequence[tuple[int, bool]]
) -> Mapping[str, Any]:
    contacted = random.choice([*DAYS, ""])
    stage, won = random.choice(stages)
    later = [day for day in DAYS if contacted and day > contacted]
    return {
        "name": f"Generated {random.random()}",
        "type": "opportunity",
        "team_id": team,
        "user_id": random.choice(people),
        "stage_id": stage,
        "expected_revenue": random.randrange(0, 5_000_000) / 100,
        "probability": 100 if won else random.choice([5, 10, 33.33, 50, 75]),
        "x_dealdesk_total_hours": random.randrange(0, 400) / 4,
        "x_dealdesk_total_travel": random.randrange(0, 50_000) / 100,
        "x_dealdesk_contacted_on": contacted or False,
        "x_dealdesk_inquired_on": random.choice([*later[:3], False]),
        "x_dealdesk_course": f"{contacted or DAYS[0]}T08:00Z assess record",
    }
