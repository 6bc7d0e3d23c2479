"""The page about reliability: what was promised, and what the last long torture measured.

Takes figures as they are kept in docs/torture.toml; runs nothing.
"""

from collections.abc import Iterator, Mapping
from typing import Any

Figures = Mapping[str, Any]
NOTE = "<!-- Derived from docs/torture.toml by `make torture`; do not edit. -->\n\n"
INTRODUCTION = """# Reliability

Accepted means kept; once into the CRM; one decision; in order (README). `make torture` tries to
break that for hours, `make test` for minutes; this is what the last kept run counted, in Odoo, in
dealdesk's tables and on the platforms. A run's dice are repeated with `DEALDESK_SEED`.
"""
BOT = """## The program killed

{people} people talk to dealdesk in Telegram and Slack at once and go on talking while it is killed
with SIGKILL, at random moments and at {fail_points} named ones (`tests/torture/fail_points.py`),
each at least {least_hits} times. Slack and Telegram are the stand-ins with their own redelivery;
the CRM is a real Odoo 19.
"""
ODOO = """## Odoo killed

Odoo is killed with SIGKILL, and told to stop with SIGTERM, while entries are being written; a
threaded Odoo that is told to stop says yes to entries that it does not keep.
"""
LIES = """## The way to Odoo broken

Half of all writes go wrong between dealdesk and Odoo: {kinds}. Beside it, what `create` and trying
again makes of the same way.
"""


def page(figures: Figures) -> str:
    """The whole page; a torture that was never kept is left out."""
    return "\n".join([INTRODUCTION, *_parts(figures)])


def _parts(figures: Figures) -> Iterator[str]:
    makers = {"bot": _bot, "odoo": _odoo, "lies": _lies}
    for name, made in makers.items():
        if name in figures:
            yield made(figures[name])


def _bot(run: Figures) -> str:
    rows = {
        "kills": run["kills"],
        "entries for the CRM": run["entries"],
        "decisions": run["decisions"],
        "words typed, each its own": run["words"],
        "lost, doubled, out of order, decided twice": 0,
    }
    return BOT.format(**run) + _table(rows, run)


def _odoo(run: Figures) -> str:
    rows = {
        "kills": run["kills"],
        "stops": run["stops"],
        "entries": run["pushes"],
        "of these tried more than once": run["doubtful"],
        "records lost": run["lost"],
        "records doubled": run["doubled"],
    }
    return ODOO + _table(rows, run)


def _lies(run: Figures) -> str:
    rows = {
        "entries": run["pushes"],
        "attempts": run["attempts"],
        "answers that went wrong": run["faults"],
        "records lost": run["lost"],
        "records doubled": run["doubled"],
        "opportunities by `create` and trying again": run["naive_pushes"],
        "of these doubled": run["naive_doubled"],
    }
    return LIES.format(kinds=", ".join(run["kinds"])) + _table(rows, run)


def _table(rows: Mapping[str, int], run: Figures) -> str:
    lines = [f"| {name} | {number:,} |" for name, number in rows.items()]
    machine = f"{run['cores']} cores, {run['seconds']} s"
    about = f"{run['form']} form, {run['on']}, {machine}, seed {run['seed']}"
    return "\n".join(["", "| counted | |", "| --- | ---: |", *lines, "", f"*{about}*", ""])
