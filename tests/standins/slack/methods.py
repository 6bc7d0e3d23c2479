"""What Slack's Web API consists of: its methods with their arguments, errors and rate tiers.

Reads `methods.json`; knows what a call may say, nothing about what it does.
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from .refusal import Refusal

# Answered by every method, documented once for the whole Web API and not per method.
SLACKWIDE = frozenset(
    {"invalid_arguments", "invalid_auth", "invalid_json", "internal_error", "token_revoked"}
)
# Sent with every call by Bolt's clients (for org-wide tokens), whatever the method documents.
EVERYWHERE = {"token", "team_id"}
TRUTH = {"1": True, "true": True, "0": False, "false": False, True: True, False: False}


@dataclass(frozen=True)
class Argument:
    """One argument of a method; `types` as in the specification, e.g. ("string",)."""

    name: str
    required: bool
    types: tuple[str, ...]
    is_json: bool

    def read(self, given: Any) -> Any:
        """`given` as the method sees it.

        Raises:
            Refusal: invalid_arguments, where the type cannot be read.
        """
        if self.types == ("boolean",):
            return self._truth(given)
        if self.types in {("integer",), ("number",)}:
            return self._whole(given)
        return given

    def _truth(self, given: Any) -> bool:
        key = given.lower() if isinstance(given, str) else given
        if key not in TRUTH:
            raise self._mistyped("a boolean")
        return TRUTH[key]

    def _whole(self, given: Any) -> int:
        if isinstance(given, bool) or not re.fullmatch(r"-?\d+", str(given)):
            raise self._mistyped("an integer")
        return int(given)

    def _mistyped(self, wanted: str) -> Refusal:
        return Refusal(
            "invalid_arguments", [f"[ERROR] must provide {wanted} [json-pointer:/{self.name}]"]
        )


@dataclass(frozen=True)
class Method:
    """One method: `tier` is Slack's name of its rate tier, None where none is published."""

    name: str
    arguments: Mapping[str, Argument]
    errors: frozenset[str]
    tier: str | None

    def documents(self, error: str) -> bool:
        return error in self.errors or error in SLACKWIDE

    def unknown(self, given: Mapping[str, Any]) -> list[str]:
        return sorted(set(given) - set(self.arguments) - EVERYWHERE)

    def missing(self, given: Mapping[str, Any]) -> list[str]:
        return [a.name for a in self.arguments.values() if a.required and a.name not in given]

    def read(self, given: Mapping[str, Any]) -> dict[str, Any]:
        known = {name: self.arguments[name] for name in given if name in self.arguments}
        return {name: argument.read(given[name]) for name, argument in known.items()}


@cache
def methods() -> Mapping[str, Method]:
    """All methods by name."""
    facts = json.loads((Path(__file__).parent / "methods.json").read_text(encoding="utf-8"))
    common = frozenset(facts["common_errors"])
    return {name: _method(name, each, common) for name, each in facts["methods"].items()}


def _method(name: str, facts: Mapping[str, Any], common: frozenset[str]) -> Method:
    arguments = {each.name: each for each in _arguments(facts["arguments"])}
    return Method(name, arguments, common | set(facts["errors"]), facts["tier"])


def _arguments(facts: Mapping[str, Any]) -> Iterator[Argument]:
    for name, (required, kind) in facts.items():
        types, _, json_mark = kind.partition("/")
        yield Argument(name, required, tuple(types.split("|")), json_mark == "json")
