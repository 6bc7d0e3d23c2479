"""Holds values against the specification: parameters that come in, and answers that go out.

Finds what is unknown, missing, of the wrong type, too short, too long or too much, all the way
down. What the specification says in prose only is checked where the method acts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tests.standins.telegram import markup
from tests.standins.telegram.calls import Call, Upload
from tests.standins.telegram.entities import units
from tests.standins.telegram.refusals import Refusal, bad_request, exactly
from tests.standins.telegram.specification import Field, Fields, Specification
from tests.standins.telegram.violations import Kind, Violations

NOT_REFUSED = frozenset({"unknown_parameter", "undocumented_field"})  # Telegram drops them
_BOOLEANS = {"true": True, "false": False}


@dataclass(frozen=True)
class Problem:
    """`owner` is a method or a type, `field` its parameter or field; `text` is for a person."""

    kind: Kind
    owner: str
    field: str
    text: str
    under: bool = False

    @property
    def refusal(self) -> Refusal:
        breach = "under_limit" if self.under else self.kind
        return bad_request(exactly(self.owner, self.field, breach, self.text), self.kind)


def check(call: Call, specification: Specification, violations: Violations) -> None:
    """Give the call's parameters their types; record what is wrong with them.

    Raises:
        Refusal: Telegram would not take them
    """
    fields = specification.methods[call.method]
    given = {
        name: each for name, each in call.parameters.items() if not _absent(name, each, fields)
    }
    typed = {name: _typed(name, value, fields) for name, value in given.items()}
    found = list(Checker(specification).fields(call.method, fields, typed))
    for problem in found:
        if problem.kind in NOT_REFUSED or _clamped(problem, fields):
            violations.record(problem.kind, call.method, problem.text)
    for problem in found:
        if problem.kind not in NOT_REFUSED and not _clamped(problem, fields):
            raise problem.refusal
    call.parameters = {name: value for name, value in typed.items() if name in fields}


def _absent(name: str, value: Any, fields: Fields) -> bool:
    """An empty text is a text; anything else that is empty was not given."""
    return value == "" and name in fields and fields[name].types != ("String",)


def _clamped(problem: Problem, fields: Fields) -> bool:
    """Telegram moves a number that is out of its range to the nearest that is in it."""
    field = fields.get(problem.field)
    return problem.kind == "over_limit" and field is not None and field.unit == "value"


def _typed(name: str, value: Any, fields: Fields) -> Any:
    """The value that a form's text stands for; anything else as it is."""
    if name not in fields or not isinstance(value, str):
        return value
    types = fields[name].types
    if "Integer" in types and re.fullmatch(r"-?\d{1,19}", value):
        return int(value)
    if "Float" in types and re.fullmatch(r"-?\d+(\.\d+)?", value):
        return float(value)
    if "Boolean" in types:
        return _BOOLEANS.get(value.lower(), value)
    return value if {"String", "Integer", "Float"} & set(types) else _from_json(name, value)


def _from_json(name: str, value: str) -> Any:
    try:
        return json.loads(value)
    except ValueError:
        raise bad_request(f"can't parse {name} JSON object", "wrong_type") from None


class Checker:
    """Walks values along the specification."""

    def __init__(self, specification: Specification) -> None:
        self._specification = specification

    def fields(self, owner: str, fields: Fields, values: dict[str, Any]) -> Iterator[Problem]:
        """Every problem of an object, or of a call's parameters."""
        yield from (_unknown(owner, name, fields) for name in values if name not in fields)
        for name, field in fields.items():
            if name in values:
                yield from self._value(owner, name, field, values)
            elif field.required:
                yield Problem("missing_parameter", owner, name, f'can\'t find field "{name}"')

    def value(self, types: tuple[str, ...], value: Any) -> Iterator[Problem]:
        """Every problem of a value that may be of any of these types."""
        yield from self._value("", "", Field(required=True, types=types), {"": value})

    def _value(
        self, owner: str, name: str, field: Field, values: dict[str, Any]
    ) -> Iterator[Problem]:
        value = values[name]
        fitting = tuple(each for each in field.types if _fits(value, each))
        if not fitting:
            wanted = " or ".join(field.types)
            yield Problem("wrong_type", owner, name, f'field "{name}" must be of type {wanted}')
            return
        yield from _limits(owner, name, field, values)
        yield from self._inside(owner, name, fitting, value)

    def _inside(
        self, owner: str, name: str, types: tuple[str, ...], value: Any
    ) -> Iterator[Problem]:
        if isinstance(value, list):
            inner = Field(required=True, types=tuple(_item(each) for each in types))
            for each in value:
                yield from self._value(owner, name, inner, {name: each})
        elif isinstance(value, dict):
            plain = self._chosen(types, value)
            yield from self._constants(plain, value)
            yield from self.fields(plain, self._specification.types[plain], value)

    def _constants(self, plain: str, value: dict[str, Any]) -> Iterator[Problem]:
        for name, constant in self._specification.constants.get(plain, {}).items():
            if value.get(name, constant) != constant:
                text = f'field "{name}" can\'t be {value[name]!r}'
                yield Problem("wrong_type", plain, name, text)

    def _chosen(self, types: tuple[str, ...], value: dict[str, Any]) -> str:
        """The member of a union that this object is, or comes closest to."""
        plain = [each for name in types for each in self._specification.members(name)]
        named = [each for each in plain if self._is_named(each, value)]
        return max(named or plain, key=lambda each: self._closeness(each, value))

    def _is_named(self, name: str, value: dict[str, Any]) -> bool:
        constants = self._specification.constants.get(name, {})
        return bool(constants) and constants.items() <= value.items()

    def _closeness(self, name: str, value: dict[str, Any]) -> tuple[int, int]:
        fields = self._specification.types[name]
        missing = sum(field.required and each not in value for each, field in fields.items())
        return -missing, len(fields.keys() & value.keys())


def _unknown(owner: str, name: str, fields: Fields) -> Problem:
    is_method = bool(owner) and owner[0].islower()
    kind: Kind = "unknown_parameter" if is_method else "undocumented_field"
    return Problem(kind, owner, name, f"{owner} has no {name!r}, only {', '.join(fields)}")


_SHAPES: dict[str, Callable[[Any], bool]] = {
    "Integer": lambda value: isinstance(value, int) and not isinstance(value, bool),
    "Float": lambda value: isinstance(value, int | float) and not isinstance(value, bool),
    "String": lambda value: isinstance(value, str),
    "Boolean": lambda value: isinstance(value, bool),
    "InputFile": lambda value: isinstance(value, Upload | str),
    "KeyboardButton": lambda value: isinstance(value, dict | str),
}


def _fits(value: Any, wanted: str) -> bool:
    if wanted.startswith("Array of "):
        return isinstance(value, list)
    return _SHAPES[wanted](value) if wanted in _SHAPES else isinstance(value, dict)


def _item(wanted: str) -> str:
    return wanted.removeprefix("Array of ")


def _limits(owner: str, name: str, field: Field, values: dict[str, Any]) -> Iterator[Problem]:
    if field.low is None or field.high is None:
        return
    size = _size(name, field, values)
    if not field.low <= size <= field.high:
        text = f"{name} must be {field.low}-{field.high} {field.unit} long, not {size}"
        yield Problem("over_limit", owner, name, text, under=size < field.low)


def _size(name: str, field: Field, values: dict[str, Any]) -> int:
    value = values[name]
    match field.unit:
        case "value":
            return int(value)
        case "bytes":
            return len(value.encode())
        case "items":
            return len(value)
        case "parsed characters" if _mode(name, values) == "html":
            return _shown(markup.parse(value).text)
        case "parsed characters":
            return _shown(value)
        case _:
            return units(value)


def _shown(text: str) -> int:
    """The length without the blanks around it; a text of blanks alone is another complaint."""
    return units(text.strip()) or units(text)


def _mode(name: str, values: dict[str, Any]) -> str:
    """The parse mode that goes with a text; quotes and explanations have one of their own."""
    return str(values.get(f"{name}_parse_mode", values.get("parse_mode", ""))).lower()
