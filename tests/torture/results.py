"""What the last long run measured: docs/torture.toml, of which docs/reliability.md is derived."""

import json
import os
import platform
import tomllib
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.rig.places import REPOSITORY
from tests.torture.figures import FORM, IS_LONG, SEED
from tests.torture.ledgers import Tables

FILE = REPOSITORY / "docs" / "torture.toml"
Figures = Mapping[str, Any]


def keep(name: str, figures: Figures, path: Path = FILE) -> None:
    """Write a table of the file anew; only the long form does, or where one asks for it."""
    today = f"{datetime.now(UTC):%Y-%m-%d}"
    told = {"form": FORM, "seed": SEED, "on": today, **_machine(), **figures}
    print(f"\ntorture {name}: {json.dumps(told)}")  # noqa: T201 - pytest -s and the failing run show it
    if IS_LONG or os.environ.get("DEALDESK_TORTURE_KEEP"):
        tables = tomllib.loads(path.read_text("utf-8")) if path.exists() else {}
        path.write_text(written(tables | {name: told}), encoding="utf-8")


def written(tables: Mapping[str, Figures]) -> str:
    """As TOML, as far as figures need it: numbers, texts, and lists of texts."""
    parts = [f"[{name}]\n{_lines(table)}" for name, table in sorted(tables.items())]
    return "# Written by `make torture`; docs/reliability.md is made of it.\n\n" + "\n".join(parts)


def _lines(table: Figures) -> str:
    return "".join(f"{key} = {json.dumps(value)}\n" for key, value in table.items())


def _machine() -> Figures:
    return {"cores": os.cpu_count() or 1, "python": platform.python_version()}


def of_bot(company: Any, lives: Any, seconds: float) -> Figures:
    """Figures of the killed program: what was at stake, and how often it was killed."""
    tables = Tables(company.place.database)
    return {
        "kills": lives.ends.kills,
        "fail_points": len(lives.ends.deaths),
        "least_hits": min(lives.ends.deaths.values(), default=0),
        "stops": lives.ends.stops,
        "people": len(company.people),
        "words": sum(len(one.words) for one in company.people),
        "entries": len(tables.entries()),
        "decisions": len(tables.approvals()),
        "seconds": round(seconds),
    }
