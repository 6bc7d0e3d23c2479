"""An answer that is somebody's e-mail address, with their name where it was said.

Stored as `{"id": …, "name": …, "email": …}`; the id is the CRM's, for somebody chosen from it.
"""

import re
from dataclasses import dataclass
from typing import ClassVar

from dialogs.answers.hygiene import clean
from dialogs.answers.values import Moment, Refusal, Typed, Understood
from dialogs.crm import JsonValue

LIMIT = 254  # characters of an address, as mail servers take them
_NAMED = re.compile(r'"?([^"<>]*?)"?\s*<\s*([^<>]+?)\s*>')
_LOCAL = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
_PART = r"[A-Za-z0-9\u00a1-\uffff](?:[A-Za-z0-9\u00a1-\uffff-]{0,61}[A-Za-z0-9\u00a1-\uffff])?"
_ADDRESS = re.compile(rf"(?=.{{1,64}}@){_LOCAL}@(?:{_PART}\.)+{_PART}")
_TYPED = re.compile(r"^(?:mailto:|an |to )\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Recipient(Typed):
    """One address: `anna@example.com`, or `Anna Beispiel <anna@example.com>`."""

    name: ClassVar[str] = "recipient"

    def parse(self, text: str, moment: Moment) -> Understood | Refusal:  # noqa: ARG002 - part of Kind
        line = clean(text, LIMIT)
        if isinstance(line, Refusal):
            return line
        bare = _TYPED.sub("", line)
        named = _NAMED.fullmatch(bare)
        called, address = (named[1].strip(), named[2]) if named else ("", bare)
        if not _ADDRESS.fullmatch(address):
            return Refusal("no_address")
        return Understood(chosen(address, called))

    def show(self, value: JsonValue, language: str, currency: str) -> str:  # noqa: ARG002 - part of Kind
        if not isinstance(value, dict):
            return str(value)
        address = str(value["email"])
        return f"{value['name']} <{address}>" if value.get("name") else address


def chosen(email: str, name: str = "", number: int | None = None) -> JsonValue:
    """The value of an answer; domains are small letters, what stands before may not be."""
    local, _, domain = email.rpartition("@")
    return {"id": number, "name": name, "email": f"{local}@{domain.lower()}"}
