"""Quotations in the ledger: drafts with their lines, on the page of the opportunity."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from adapters.crm_rules.orders import checked, untaxed
from adapters.ledger.contacts import opportunity
from dialogs.crm import Order, OrderLine
from dialogs.order_lookups import ProductList, Products, Quotation, QuotationList, Quotations


def make(books: sqlite3.Connection, opportunity: int, key: str, order: Order) -> None:
    """Write the quotation.

    Raises:
        CrmRefused: a quantity or a price is none.
    """
    lines = [_row(line) for line in checked(order).lines]
    facts = (key, opportunity, order.terms, order.due, json.dumps(lines))
    books.execute(
        "INSERT INTO quotation (key, opportunity, terms, due, lines) VALUES (?, ?, ?, ?, ?)", facts
    )


def _row(line: OrderLine) -> Mapping[str, str]:
    return {"text": line.text, "quantity": line.quantity, "price": line.price or "0"}


def number_of(books: sqlite3.Connection, key: str) -> int | None:
    row = books.execute("SELECT id FROM quotation WHERE key = ?", (key,)).fetchone()
    return int(row["id"]) if row else None


def quotations(
    books: sqlite3.Connection, asked: Quotations, url: Callable[[int], str]
) -> QuotationList:
    rows = books.execute(
        "SELECT * FROM quotation WHERE opportunity = ? ORDER BY id DESC",
        (opportunity(books, asked.case),),
    )
    return QuotationList(tuple(_told(row, url(row["opportunity"])) for row in rows))


def _told(row: Any, page: str) -> Quotation:
    return Quotation(number(row["id"]), str(total(row)), "draft", address(page, row["id"]))


def total(row: Any) -> Decimal:
    lines = json.loads(row["lines"])
    return untaxed((line["quantity"], line["price"]) for line in lines)


def number(quotation: int) -> str:
    return f"Q{quotation:05d}"


def address(page: str, quotation: int) -> str:
    """Where on the page of the opportunity it stands."""
    return f"{page}#{number(quotation)}"


def products(books: sqlite3.Connection, asked: Products) -> ProductList:
    """The ledger has no products: every line is what was said."""
    del books, asked
    return ProductList()
