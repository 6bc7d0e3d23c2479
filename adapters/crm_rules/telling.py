"""How a customer's past is told, by every CRM alike: which fields, how much of each kind."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from adapters.crm_rules.names import normal
from dialogs.crm import Customer
from dialogs.customer_lookups import Choice, Choices, Part, Past, Unknown
from dialogs.events import Hit

WISHES: Final = "x_dealdesk_soft_requirements"
SCORES: Final = ("x_dealdesk_chance_score", "x_dealdesk_risk_score")
"""Fields that the playbook makes; where it makes others, the briefing leaves them out."""


def part(found: Sequence[Past], most: int) -> Part:
    """The first of them, and how many there are beyond."""
    return Part(tuple(found[:most]), max(0, len(found) - most))


def quoted(number: str, total: Decimal) -> str:
    """A quotation in a few words."""
    return f"{number} · {total:,.0f}"


def one_of(hits: Sequence[Hit], name: str) -> Customer | Choices | Unknown:
    """The customer that a name means; several to choose from where it can be more than one."""
    if not hits:
        return Unknown()
    exact = [one for one in hits if normal(one.name) == normal(name)]
    among = exact or hits
    if len(among) == 1:
        return Customer(among[0].name, among[0].id)
    return Choices(tuple(Choice(one.id, one.name, one.detail) for one in among))
