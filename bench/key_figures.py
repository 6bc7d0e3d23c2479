"""`python -m bench.key_figures`: `kpi` and `pipeline` over 5,000 opportunities of a real Odoo.

Each is read as the chat reads it, and beside it Odoo's own grouping of the same opportunities.
"""

import time
from collections.abc import Callable
from typing import Any

from adapters.odoo import OdooCrm
from bot.playbooks import playbook_text
from dialogs.crm import Staff
from dialogs.lookups_figures import Figures, Pipeline
from dialogs.playbook import load_playbook
from tests.adapters.odoo.generated import FIELDS, Crowd
from tests.rig.odoo import OdooServer, OdooUser, serve_odoo
from tests.rig.processes import Workshop

COUNT, TIMES = 5_000, 9
YEAR = ("2026-01-01", "2027-01-01")
NEEDS = load_playbook(*playbook_text(None)).crm_needs


def main() -> None:
    with Workshop() as workshop:
        odoo = serve_odoo(workshop)
        setter = _connected(odoo, odoo.admin)
        setter.prepare(NEEDS, dry_run=False)
        setter.close()
        people = odoo.call("res.users", "search", [("share", "=", False)])
        crm = _connected(odoo, odoo.service)
        _measure(crm, Crowd.of(odoo, COUNT, people))
        crm.close()


def _connected(odoo: OdooServer, user: OdooUser) -> OdooCrm:
    who = (odoo.url, odoo.database, user.login, user.api_key)
    return OdooCrm.connect(*who, "auto", NEEDS, "Europe/Berlin", 120.0)


def _measure(crm: OdooCrm, crowd: Crowd) -> None:
    who = Staff("Anybody", user=crowd.members[0])
    asked = Figures(who, "team", *YEAR, FIELDS)
    field = FIELDS["contacted"]
    counted = crowd.count((field, ">=", YEAR[0]), (field, "<", YEAR[1]))
    assert crm.look_up(asked).contacts == counted
    sums = ("expected_revenue", "prorated_revenue")
    print(f"{COUNT:,} opportunities, {TIMES} times each: p50 and longest in ms")
    _measured("pipeline, as the chat reads it", lambda: crm.look_up(Pipeline(who, "team")))
    _measured("kpi, as the chat reads it", lambda: crm.look_up(asked))
    _measured("Odoo's own grouping by stage", lambda: crowd.groups("stage_id", (), sums))


def _measured(name: str, call: Callable[[], Any]) -> None:
    took = []
    for _ in range(TIMES):
        begin = time.perf_counter()
        call()
        took.append((time.perf_counter() - begin) * 1000)
    print(f"| {name} | {sorted(took)[TIMES // 2]:.0f} | {max(took):.0f} |")


if __name__ == "__main__":
    main()
