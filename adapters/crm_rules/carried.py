"""What no CRM can carry; refused before it is asked, because it would stumble over it."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Final

from dialogs.crm import Delivery
from dialogs.errors import CrmRefused

LONGEST_NAME: Final = 200  # characters of a customer's name
LARGEST: Final = 500_000  # characters of a whole delivery


def refuse_what_cannot_go(delivery: Delivery) -> None:
    """Let a delivery pass that can be stored.

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
