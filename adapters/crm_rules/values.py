"""Answers as a field of a CRM holds them: one plain text for each type of field.

Only plain types are written; a field of another type (a link to other records) keeps what it has.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal, InvalidOperation
from typing import Final
from zoneinfo import ZoneInfo

from dialogs.crm import Value
from dialogs.errors import CrmRefused


@dataclass(frozen=True, slots=True)
class LeadField:
    """A field of an opportunity; `options` are a selection's ids."""

    type: str
    options: frozenset[str] = frozenset()


def cells(
    values: Mapping[str, Value], fields: Mapping[str, LeadField], zone: ZoneInfo
) -> dict[str, str]:
    """The text for each value whose field exists, in a type that can hold it; empty for None.

    Raises:
        CrmRefused: a value does not fit its field.
    """
    known = [(name, fields[name], value) for name, value in values.items() if name in fields]
    return {name: _cell(name, field, value, zone) for name, field, value in known if _plain(field)}


def moment(text: str, zone: ZoneInfo) -> datetime:
    """Read ISO 8601 into UTC; without an offset it is the wall clock of `zone`.

    Raises:
        CrmRefused: it is no date and time.
    """
    try:
        return _moment(text, zone)
    except ValueError:
        raise CrmRefused(
            f"'{text[:40]}' is no date and time as ISO 8601 writes them. This is a fault of the "
            "program or of the playbook: report it, then drop the delivery."
        ) from None


def wall_clock(at: datetime, zone: ZoneInfo) -> str:
    return at.astimezone(zone).strftime("%Y-%m-%d %H:%M:%S")


def _moment(text: str, zone: ZoneInfo) -> datetime:
    read = datetime.fromisoformat(text)
    return (read if read.tzinfo else read.replace(tzinfo=zone)).astimezone(UTC)


def _plain(field: LeadField) -> bool:
    return field.type in _FIT


def _cell(name: str, field: LeadField, value: Value, zone: ZoneInfo) -> str:
    if value.value is None:
        return ""
    try:
        return _FIT[field.type](field, value, zone)
    except (ValueError, InvalidOperation, OverflowError):
        raise CrmRefused(
            f"'{str(value.value)[:40]}' does not fit the CRM's field {name} ({field.type}). Run "
            "`dealdesk odoo setup`, or name another field in the playbook, then retry."
        ) from None


def _text(_field: LeadField, value: Value, _zone: ZoneInfo) -> str:
    return value.text


def _whole(_field: LeadField, value: Value, _zone: ZoneInfo) -> str:
    return str(int(_number(value)))


def _decimal(_field: LeadField, value: Value, _zone: ZoneInfo) -> str:
    return f"{_number(value):f}"


def _flag(_field: LeadField, value: Value, _zone: ZoneInfo) -> str:
    if value.value not in (True, False):
        raise ValueError(value.text)
    return "1" if value.value else "0"


def _day(_field: LeadField, value: Value, _zone: ZoneInfo) -> str:
    return date.fromisoformat(str(value.value)[:10]).isoformat()


def _time(_field: LeadField, value: Value, zone: ZoneInfo) -> str:
    return wall_clock(_moment(str(value.value), zone), zone)


def _option(field: LeadField, value: Value, _zone: ZoneInfo) -> str:
    option = str(value.value)
    if option not in field.options:
        raise ValueError(option)
    return option


def _number(value: Value) -> Decimal:
    if isinstance(value.value, bool):
        raise InvalidOperation
    number = Decimal(str(value.value))
    if not number.is_finite():
        raise InvalidOperation
    return number


_FIT: Final[Mapping[str, Callable[[LeadField, Value, ZoneInfo], str]]] = {
    "char": _text,
    "text": _text,
    "html": _text,
    "integer": _whole,
    "float": _decimal,
    "monetary": _decimal,
    "boolean": _flag,
    "date": _day,
    "datetime": _time,
    "selection": _option,
}
"""How a stored value becomes the text of each type; types that are not here are not written."""
