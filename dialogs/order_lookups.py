"""What the CRM can be asked about products and quotations, and what it answers."""

from dataclasses import dataclass
from typing import Literal

from dialogs.customer_lookups import Subject


@dataclass(frozen=True, slots=True)
class Quotations:
    """The quotations of an opportunity."""

    case: Subject
    type: Literal["quotations"] = "quotations"


@dataclass(frozen=True, slots=True)
class Quotation:
    number: str
    total: str
    """Untaxed, text of a decimal."""
    state: Literal["draft", "sent", "sale", "cancel"]
    url: str


@dataclass(frozen=True, slots=True)
class QuotationList:
    """The newest first. `possible` is False where the CRM has no quotations at all."""

    quotations: tuple[Quotation, ...] = ()
    possible: bool = True
    type: Literal["quotation_list"] = "quotation_list"


@dataclass(frozen=True, slots=True)
class Products:
    """The products of these very names."""

    names: tuple[str, ...]
    type: Literal["products"] = "products"


@dataclass(frozen=True, slots=True)
class Product:
    asked: str
    """The name that was asked for."""
    id: int
    name: str
    price: str
    """List price, text of a decimal."""


@dataclass(frozen=True, slots=True)
class ProductList:
    """Only what was found without doubt."""

    products: tuple[Product, ...] = ()
    type: Literal["product_list"] = "product_list"
