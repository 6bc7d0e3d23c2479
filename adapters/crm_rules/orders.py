"""What a quotation may hold, and what it comes to."""

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import Final

from dialogs.crm import Order
from dialogs.errors import CrmRefused

_CENT: Final = Decimal("0.01")
_MOST: Final = Decimal(10) ** 12


def checked(order: Order) -> Order:
    """Return the order.

    Raises:
        CrmRefused: a quantity or a price is no number that a quotation can hold.
    """
    for line in order.lines:
        for text in (line.quantity, *([line.price] if line.price is not None else [])):
            if not _is_amount(text):
                raise CrmRefused(
                    f"The line '{line.text[:60]}' has '{text[:40]}' as a number. Record the "
                    "entry anew, then drop this delivery."
                )
    return order


def untaxed(lines: Iterable[tuple[str, str]]) -> Decimal:
    """The total of quantities and prices, each line rounded to the cent."""
    products = (Decimal(quantity) * Decimal(price) for quantity, price in lines)
    return sum((one.quantize(_CENT) for one in products), Decimal(0)).quantize(_CENT)


def _is_amount(text: str) -> bool:
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return False
    return amount.is_finite() and 0 <= amount <= _MOST
