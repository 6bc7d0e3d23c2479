"""The Bot API's methods and types as plain facts: names, types, what is required, what is limited.

The facts lie in `methods.json`, derived from the full specification by `from_full`; how a request
is held against them is in `checking`. `python -m tests.standins.telegram.specification FULL`
writes them anew from FULL, an api.json of PaulSonOfLars/telegram-bot-api-spec.
"""

from __future__ import annotations

import argparse
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

COMPACT = Path(__file__).with_name("methods.json")
SOURCE = (
    "Facts (names, types, limits) gathered from PaulSonOfLars/telegram-bot-api-spec, api.json at "
    "160fd99, by tests/standins/telegram/specification.py; none of its prose is kept."
)
LICENCE = "Source: MIT License, Copyright (c) 2020 Paul Larsen."
SHAPE = "name -> [required, types, minimum, maximum, unit]"

_LIMITS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("parsed characters", re.compile(r"(\d+)-(\d+) characters after entit(?:y|ies) parsing")),
    ("characters", re.compile(r"(\d+)-(\d+) characters")),
    ("bytes", re.compile(r"(\d+)-(\d+) [Bb]ytes")),
    ("value", re.compile(r"Values between (\d+)-(\d+) are accepted")),
    ("value", re.compile(r"(\d+)-(\d+)\. Defaults to")),
)
_ITEMS = re.compile(r"(?<!ISO )\b(\d+)-(\d+) [a-z]")
_AT_MOST = re.compile(r"[Aa]t most (\d+)")
_CONSTANT = re.compile(r"(?:must be|always) \W?(\w+)\W?$")


@dataclass(frozen=True)
class Field:
    """A parameter of a method or a field of a type; `unit` says what `low` and `high` count."""

    required: bool
    types: tuple[str, ...]
    low: int | None = None
    high: int | None = None
    unit: str | None = None


Fields = dict[str, Field]


@dataclass(frozen=True)
class Specification:
    """`returns` by method; `unions` by name, their members; `constants` tell the members apart."""

    version: str
    methods: dict[str, Fields]
    returns: dict[str, tuple[str, ...]]
    types: dict[str, Fields]
    unions: dict[str, tuple[str, ...]]
    constants: dict[str, dict[str, str]]

    def members(self, name: str) -> list[str]:
        """The plain types that a type stands for: itself, or its union's members, all the way."""
        if name not in self.unions:
            return [name]
        return [plain for each in self.unions[name] for plain in self.members(each)]


@cache
def compact() -> Specification:
    """The facts that ship with the stand-in."""
    data = json.loads(COMPACT.read_text(encoding="utf-8"))
    return Specification(
        version=data["version"],
        methods={name: _read(each) for name, each in data["methods"].items()},
        returns={name: tuple(types.split("|")) for name, types in data["returns"].items()},
        types={name: _read(each) for name, each in data["types"].items()},
        unions={name: tuple(members) for name, members in data["unions"].items()},
        constants=data["constants"],
    )


def from_full(path: Path) -> Specification:
    """The same facts, taken from the full specification.

    Raises:
        OSError: there is no such file
    """
    data = json.loads(path.read_text(encoding="utf-8"))
    methods, types = data["methods"].values(), data["types"].values()
    return Specification(
        version=data["version"],
        methods={each["name"]: _derived(each) for each in methods},
        returns={each["name"]: tuple(each["returns"]) for each in methods},
        types={each["name"]: _derived(each) for each in types},
        unions={each["name"]: tuple(each["subtypes"]) for each in types if "subtypes" in each},
        constants={each["name"]: found for each in types if (found := _constants(each))},
    )


def _read(rows: dict[str, list[Any]]) -> Fields:
    return {
        name: Field(required, tuple(types.split("|")), *limit)
        for name, (required, types, *limit) in rows.items()
    }


def _derived(owner: dict[str, Any]) -> Fields:
    return {each["name"]: _field(each) for each in owner.get("fields") or ()}


def _field(row: dict[str, Any]) -> Field:
    types = tuple(row["types"])
    return Field(row["required"], types, *_limit(types, row["description"]))


def _limit(types: tuple[str, ...], description: str) -> tuple[int, int, str] | tuple[()]:
    if types[0].startswith("Array of"):
        return _count(description)
    for unit, pattern in _LIMITS:
        if found := pattern.search(description):
            return int(found[1]), int(found[2]), unit
    return ()


def _count(description: str) -> tuple[int, int, str] | tuple[()]:
    if found := _ITEMS.search(description):
        return int(found[1]), int(found[2]), "items"
    if found := _AT_MOST.search(description):
        return 0, int(found[1]), "items"
    return ()


def _constants(owner: dict[str, Any]) -> dict[str, str]:
    found = {
        each["name"]: _CONSTANT.search(each["description"])
        for each in owner.get("fields") or ()
        if each["name"] in {"type", "source", "status"}
    }
    return {name: match[1] for name, match in found.items() if match}


def write(specification: Specification, path: Path = COMPACT) -> None:
    """Write the compact form: one method or type a line, so that a new version reads as a diff."""
    parts = {
        "source": SOURCE,
        "licence": LICENCE,
        "shape": SHAPE,
        "version": specification.version,
        "methods": {name: _rows(each) for name, each in specification.methods.items()},
        "returns": {name: "|".join(types) for name, types in specification.returns.items()},
        "types": {name: _rows(each) for name, each in specification.types.items()},
        "unions": specification.unions,
        "constants": specification.constants,
    }
    path.write_text(_lined(parts) + "\n", encoding="utf-8")


def _rows(fields: Fields) -> dict[str, list[Any]]:
    return {name: _row(field) for name, field in fields.items()}


def _row(field: Field) -> list[Any]:
    row: list[Any] = [field.required, "|".join(field.types)]
    return row if field.unit is None else [*row, field.low, field.high, field.unit]


def _lined(parts: dict[str, Any]) -> str:
    return "{\n" + ",\n".join(f'"{name}": {_section(part)}' for name, part in parts.items()) + "\n}"


def _section(part: Any) -> str:
    if not isinstance(part, dict):
        return json.dumps(part)
    lines = (f" {json.dumps(name)}: {json.dumps(each)}" for name, each in part.items())
    return "{\n" + ",\n".join(lines) + "\n}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Write methods.json from the full specification.")
    parser.add_argument("full", type=Path, help="an api.json of telegram-bot-api-spec")
    write(from_full(parser.parse_args().full))


if __name__ == "__main__":
    main()
