"""What a CRM can carry: a delivery without what nobody can read, or a refusal beforehand."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from dialogs.crm import Delivery
from dialogs.errors import CrmRefused

LONGEST_NAME: Final = 200  # characters of a customer's name
LARGEST: Final = 500_000  # characters of a whole delivery
_UNREADABLE: Final = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")
"""Control characters: no page shows them, and Odoo takes none of them into its notes."""


def carried(delivery: Delivery) -> Delivery:
    """Return the delivery as a CRM can store it.

    Raises:
        CrmRefused: it has NUL or half an emoji, a nameless or endless customer, endless texts.
    """
    texts = dict(_texts(delivery, ""))
    for place, text in texts.items():
        if not _storable(text):
            raise CrmRefused(
                f"{place} holds a character that cannot be stored (NUL or half an emoji). Record "
                "the entry anew without it, then drop this delivery."
            )
    if delivery.customer is not None:
        _refuse_name(delivery.customer.name, known=delivery.customer.id is not None)
    if sum(map(len, texts.values())) > LARGEST:
        raise CrmRefused(
            f"The entry has more than {LARGEST:,} characters. Record it anew with shorter texts, "
            "then drop this delivery."
        )
    readable: Delivery = _readable(delivery)
    return readable


def _refuse_name(name: str, *, known: bool) -> None:
    if not known and not name.strip():
        raise CrmRefused("The new customer has no name. Record the entry anew with one.")
    if not known and len(name) > LONGEST_NAME:
        raise CrmRefused(
            f"The customer's name has {len(name)} characters and may have {LONGEST_NAME}. Record "
            "the entry anew with the short name, then drop this delivery."
        )


def _storable(text: str) -> bool:
    return not any(letter == "\0" or "\ud800" <= letter <= "\udfff" for letter in text)


def _texts(value: object, place: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, str):
        yield place, value
    for name, part in _parts(value):
        yield from _texts(part, f"{place}.{name}" if place else name)


def _parts(value: object) -> list[tuple[str, object]]:
    if is_dataclass(value):
        return [(field.name, getattr(value, field.name)) for field in fields(value)]
    if isinstance(value, Mapping):
        return [(str(name), part) for name, part in value.items()]
    if isinstance(value, (list, tuple)):
        return [(str(number), part) for number, part in enumerate(value)]
    return []


def _readable(value: Any) -> Any:
    """The same value, with every text in it cleaned."""
    if isinstance(value, str):
        return _UNREADABLE.sub("", value)
    if isinstance(value, Mapping):
        return {name: _readable(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_readable(part) for part in value)
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{name: _readable(part) for name, part in _parts(value)})
    return value
