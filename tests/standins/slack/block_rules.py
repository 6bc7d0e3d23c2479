"""The kinds of rule that Block Kit is made of: strings, texts, lists, and objects with known keys.

A rule is asked for the problems of a value at a JSON pointer; what a block looks like is in
`block_shapes`.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol


@dataclass(frozen=True)
class Problem:
    """One thing wrong at one place; `str` gives it in Slack's words."""

    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.message} [json-pointer:{self.pointer}]"


Problems = Iterator[Problem]


class Rule(Protocol):
    def problems(self, value: Any, at: str) -> Problems: ...


@dataclass(frozen=True)
class Str:
    """A string of `least` to `most` characters, matching `pattern` where there is one."""

    most: int
    least: int = 1
    pattern: str | None = None

    def problems(self, value: Any, at: str) -> Problems:
        if not isinstance(value, str):
            yield Problem(at, "must provide a string")
        elif len(value) < self.least:
            yield Problem(at, f"must be more than {self.least - 1} characters")
        elif len(value) > self.most:
            yield Problem(at, f"must be less than {self.most + 1} characters")
        elif self.pattern and not re.fullmatch(self.pattern, value):
            yield Problem(at, f"must match {self.pattern}")


@dataclass(frozen=True)
class Bool:
    def problems(self, value: Any, at: str) -> Problems:
        if not isinstance(value, bool):
            yield Problem(at, "must provide a boolean")


@dataclass(frozen=True)
class Whole:
    """An integer from `least` to `most`."""

    least: int
    most: int

    def problems(self, value: Any, at: str) -> Problems:
        if isinstance(value, bool) or not isinstance(value, int):
            yield Problem(at, "must provide an integer")
        elif not self.least <= value <= self.most:
            yield Problem(at, f"must be between {self.least} and {self.most}")


@dataclass(frozen=True)
class OneOf:
    values: tuple[str, ...]

    def problems(self, value: Any, at: str) -> Problems:
        if value not in self.values:
            yield Problem(at, f"must be a valid enum value: {', '.join(self.values)}")


@dataclass(frozen=True)
class Anything:
    """Left to the second opinion of slack_sdk's own models."""

    def problems(self, value: Any, at: str) -> Problems:
        yield from ()


@dataclass(frozen=True)
class ListOf:
    item: Rule
    most: int
    least: int = 1

    def problems(self, value: Any, at: str) -> Problems:
        if not isinstance(value, list):
            yield Problem(at, "must provide an array")
            return
        if len(value) < self.least:
            yield Problem(at, f"no fewer than {self.least} items allowed")
        if len(value) > self.most:
            yield Problem(at, f"no more than {self.most} items allowed")
        for number, each in enumerate(value):
            yield from self.item.problems(each, f"{at}/{number}")


Extra = Callable[[Mapping[str, Any], str], Problems]


def _nothing_more(value: Mapping[str, Any], at: str) -> Problems:
    yield from ()


@dataclass(frozen=True)
class Shape:
    """An object: which keys it must have, which it may have, and what `extra` says of the whole."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    extra: Extra = _nothing_more

    def problems(self, value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object")
            return
        yield from self._keys(value, at)
        for name, rule in {**self.required, **self.optional}.items():
            if name in value:
                yield from rule.problems(value[name], f"{at}/{name}")
        yield from self.extra(value, at)

    def _keys(self, value: Mapping[str, Any], at: str) -> Problems:
        for name in self.required:
            if name not in value:
                yield Problem(at, f"missing required field: {name}")
        for name in sorted(set(value) - {"type"} - set(self.required) - set(self.optional)):
            yield Problem(at, f"invalid additional property: {name}")


@dataclass(frozen=True)
class Typed:
    """An object whose `type` decides its shape; the table is looked up late, as shapes nest."""

    shapes: Callable[[], Mapping[str, Shape]]

    def problems(self, value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object")
            return
        shape = self.shapes().get(value.get("type", ""))
        if shape is None:
            yield Problem(f"{at}/type", f"unsupported type: {value.get('type')}")
        else:
            yield from shape.problems(value, at)


@dataclass(frozen=True)
class Text:
    """A text object of at most `most` characters, of one of `kinds`."""

    most: int
    kinds: tuple[str, ...] = ("plain_text", "mrkdwn")

    def problems(self, value: Any, at: str) -> Problems:
        if not isinstance(value, dict):
            yield Problem(at, "must provide an object")
        elif value.get("type") not in self.kinds:
            yield Problem(f"{at}/type", f"must be a valid enum value: {', '.join(self.kinds)}")
        else:
            yield from self._shape(value["type"]).problems(value, at)

    def _shape(self, kind: str) -> Shape:
        switch = "emoji" if kind == "plain_text" else "verbatim"
        return Shape({"text": Str(self.most)}, {switch: Bool()})


def plain(most: int) -> Text:
    return Text(most, ("plain_text",))
