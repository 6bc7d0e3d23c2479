"""Products of Odoo's by their very names: only what is one product without doubt."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, Final

from adapters.crm_rules.names import normal
from adapters.odoo.driver import Session
from adapters.odoo.search import literal
from dialogs.order_lookups import Product, ProductList, Products

_FIELDS: Final = ["name", "default_code", "lst_price"]


def products(odoo: Session, asked: Products) -> ProductList:
    if not has_quotations(odoo):
        return ProductList()
    found = named(odoo, asked.names)
    return ProductList(tuple(_product(name, row) for name, row in found.items()))


def has_quotations(odoo: Session) -> bool:
    """Whether an opportunity can have quotations: the app Sales is installed."""
    there = odoo.call("crm.lead", "fields_get", allfields=["order_ids"], attributes=["type"])
    return "order_ids" in there


def named(odoo: Session, names: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    """Rows by the name asked for: a product's name or its reference, of one product alone."""
    wanted = {name: normal(name) for name in names if name.strip()}
    if not wanted:
        return {}
    tests = [
        (field, "=ilike", literal(name))
        for name in wanted.values()
        for field in ("name", "default_code")
    ]
    domain = [("sale_ok", "=", True), *["|"] * (len(tests) - 1), *tests]
    rows = odoo.call("product.product", "search_read", domain=domain, fields=_FIELDS)
    return {
        name: fit[0]
        for name, plain in wanted.items()
        if len(fit := [row for row in rows if plain in _names(row)]) == 1
    }


def sellable(odoo: Session, ids: Iterable[int]) -> dict[int, Mapping[str, Any]]:
    """Rows by id of those products that are there and can be sold."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    domain = [("id", "in", wanted), ("sale_ok", "=", True)]
    rows = odoo.call("product.product", "search_read", domain=domain, fields=_FIELDS)
    return {row["id"]: row for row in rows}


def _names(row: Mapping[str, Any]) -> tuple[str, ...]:
    return normal(row["name"]), normal(row["default_code"] or "")


def _product(asked: str, row: Mapping[str, Any]) -> Product:
    return Product(asked, row["id"], row["name"], str(Decimal(str(row["lst_price"]))))
