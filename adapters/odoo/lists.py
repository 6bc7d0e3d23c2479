"""The records of one of Odoo's short lists (stages, teams, reasons) by name, in every language."""

from adapters.crm_rules.names import normal
from adapters.odoo.driver import Session


def languages(odoo: Session) -> list[str]:
    """Codes of the installed languages: `en_US`, `de_DE`."""
    return [code for code, _ in odoo.call("res.lang", "get_installed")]


def names_of(odoo: Session, model: str) -> dict[str, int]:
    """Ids of a model's records by name in small letters, in every language that is installed."""
    rows = [
        row
        for language in languages(odoo)
        for row in odoo.call(
            model, "search_read", domain=[], fields=["name"], context={"lang": language}
        )
    ]
    return {normal(row["name"]): row["id"] for row in reversed(rows)}
