"""A draft quotation as columns of an opportunity's `load`. Pure: products are looked up before."""

from collections.abc import Iterator
from dataclasses import dataclass

from adapters.odoo import keys
from adapters.odoo.load import Row, under
from adapters.odoo.note import paragraph
from dialogs.crm import Order


@dataclass(frozen=True, slots=True)
class Line:
    """What a line becomes; no product: a line of text."""

    text: str
    quantity: str
    price: str
    product: int | None


def columns(
    key: str, order: Order, told: tuple[Line, ...], partner: int, user: int | None
) -> list[Row]:
    """Rows below an opportunity: the quotation with its first line, then the other lines."""
    head = {
        "id": keys.order(key),
        "partner_id/.id": str(partner),
        "note": paragraph(order.terms),
        "user_id/.id": str(user) if user else "",
    }
    below = [under("order_line", row) for row in _rows(key, told)]
    first, *others = below or [{}]
    return [under("order_ids", head | first), *(under("order_ids", row) for row in others)]


def _rows(key: str, told: tuple[Line, ...]) -> Iterator[dict[str, str]]:
    for number, one in enumerate(told, start=1):
        yield {
            "id": keys.order_line(key, number),
            "display_type": "" if one.product else "line_note",
            "product_id/.id": str(one.product or ""),
            "name": one.text,
            "product_uom_qty": one.quantity,
            "price_unit": one.price,
            "sequence": str(number * 10),
        }
