"""Answers that are words of the person's own: texts, and the names of things kept elsewhere.

A name (customer, person, product, file) is only made presentable here; the record behind it is
found by whoever can ask the CRM, so its `id` starts as None.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from dialogs.answers.hygiene import clean
from dialogs.answers.values import Moment, Refusal, Typed, Understood
from dialogs.crm import JsonValue

NAMED = ("customer", "contact", "opportunity", "person", "product", "file")
_FOLDERS = re.compile(r"^.*[/\\]")


@dataclass(frozen=True, slots=True)
class Text(Typed):
    """One line."""

    most: int = 200
    name: ClassVar[str] = "text"

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:  # noqa: ARG002 - part of Kind
        return _kept(clean(text, self.most))

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        return str(value)


@dataclass(frozen=True, slots=True)
class LongText(Typed):
    """Several lines; its line breaks are kept."""

    most: int = 2000
    name: ClassVar[str] = "long_text"

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:  # noqa: ARG002 - part of Kind
        return _kept(clean(text, self.most, lines=True))

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        return str(value)


@dataclass(frozen=True, slots=True)
class Named(Typed):
    """The name of something the CRM keeps, or of a file. Stored as `{"id": …, "name": …}`."""

    name: str = "customer"
    most: int = 200

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:  # noqa: ARG002 - part of Kind
        line = clean(text, self.most)
        if isinstance(line, Refusal):
            return line
        called = _FOLDERS.sub("", line).strip() if self.name == "file" else line
        if not any(map(str.isalnum, called)):
            return Refusal("no_name")
        return Understood({"id": None, "name": called})

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        return str(value["name"]) if isinstance(value, dict) else str(value)


def _kept(line: str | Refusal) -> Understood | Refusal:
    return line if isinstance(line, Refusal) else Understood(line)
