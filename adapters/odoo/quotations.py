"""The quotations of an opportunity, and what the lines of a new one are in Odoo.

A line that is no product of Odoo's stands under a product of our own with the words that were said;
where that one was never set up, as a line of text, so that nothing that was asked for is lost.
"""

from collections.abc import Callable
from typing import Final

from adapters.crm_rules.orders import checked
from adapters.odoo import keys
from adapters.odoo.driver import Session
from adapters.odoo.orders import Line
from adapters.odoo.products import has_quotations, named, sellable
from adapters.odoo.standing import reference
from dialogs.crm import Order, OrderLine
from dialogs.order_lookups import Quotation, QuotationList, Quotations

STATES: Final = ("draft", "sent", "sale", "cancel")


def lines(odoo: Session, order: Order) -> tuple[Line, ...]:
    """The lines with Odoo's products.

    Raises:
        CrmRefused: a quantity or a price is none.
    """
    checked(order)
    by_id = sellable(odoo, [one.product for one in order.lines if one.product is not None])
    unknown = [one.text for one in order.lines if one.product not in by_id]
    by_name = named(odoo, unknown)
    demand = reference(odoo, keys.DEMAND) or None
    told = []
    for one in order.lines:
        row = by_id.get(one.product or 0) or by_name.get(one.text)
        listed = str(row["lst_price"]) if row else "0"
        product = row["id"] if row else demand
        told.append(_line(one, listed, product))
    return tuple(told)


def _line(one: OrderLine, listed: str, product: int | None) -> Line:
    if product is None:
        price = f", {one.price}" if one.price is not None else ""
        return Line(f"{one.quantity} x {one.text}{price}", "0", "0", None)
    return Line(one.text, one.quantity, listed if one.price is None else one.price, product)


def quotations(odoo: Session, asked: Quotations, url: Callable[[str, int], str]) -> QuotationList:
    """`url` makes the address of a record from its model and id."""
    if not has_quotations(odoo):
        return QuotationList(possible=False)
    lead = asked.case.lead or reference(odoo, keys.lead(asked.case.case))
    if not lead:
        return QuotationList()
    rows = odoo.call(
        "sale.order",
        "search_read",
        domain=[("opportunity_id", "=", lead)],
        fields=["name", "amount_untaxed", "state"],
        order="id desc",
        limit=8,
    )
    return QuotationList(
        tuple(
            Quotation(
                row["name"],
                f"{row['amount_untaxed']:.2f}",
                row["state"] if row["state"] in STATES else "draft",
                url("sale.order", row["id"]),
            )
            for row in rows
        )
    )
