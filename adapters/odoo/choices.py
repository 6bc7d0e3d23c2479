"""What can be chosen in Odoo while a question is asked: opportunities, colleagues."""

from collections.abc import Mapping
from typing import Any, Final

from adapters.crm_rules.names import contains, normal
from adapters.odoo import keys
from adapters.odoo.driver import Session
from adapters.odoo.search import guesses, spellings
from dialogs.customer_lookups import Choice, Choices, Colleagues, Openings

_OURS: Final = f"{keys.MODULE}.lead_"


def openings(odoo: Session, asked: Openings) -> Choices:
    """The newest first, those of the company's contacts too; won and lost ones are not open."""
    domain = [
        ("partner_id", "child_of", asked.customer),
        ("type", "=", "opportunity"),
        ("stage_id.is_won", "=", False),
    ]
    rows = odoo.call(
        "crm.lead",
        "search_read",
        domain=domain,
        fields=["name", "stage_id", "user_id"],
        order="id desc",
        limit=asked.limit,
    )
    names = odoo.call("crm.lead", "get_external_id", [row["id"] for row in rows]) if rows else {}
    return Choices(tuple(_opening(row, names) for row in rows))


def _opening(row: Mapping[str, Any], names: Mapping[Any, str]) -> Choice:
    stage = row["stage_id"][1] if row["stage_id"] else ""
    name = names.get(str(row["id"])) or names.get(row["id"]) or ""
    key = name.removeprefix(_OURS) if name.startswith(_OURS) else ""
    user, owner = row["user_id"] or (None, "")
    return Choice(row["id"], row["name"], stage, key, owner, user)


def colleagues(odoo: Session, asked: Colleagues) -> Choices:
    """Active internal users by name; their logins tell them apart."""
    domain: list[object] = [("share", "=", False)]
    for word in normal(asked.words).split():
        patterns = list(dict.fromkeys([*spellings(word), *guesses(word)]))
        domain += ["|"] * (len(patterns) - 1) + [("name", "ilike", one) for one in patterns]
    rows = odoo.call(
        "res.users", "search_read", domain=domain, fields=["name", "login"], order="name, id"
    )
    fitting = [row for row in rows if contains(row["name"], asked.words)][: asked.limit]
    return Choices(tuple(Choice(row["id"], row["name"], row["login"]) for row in fitting))
