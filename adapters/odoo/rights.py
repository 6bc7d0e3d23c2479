"""What the account may do, asked in the words of each version."""

from typing import Final

from adapters.odoo.driver import Session

METHODS_OF_USERS_SINCE: Final = 18
"""From this version on rights are asked of the records themselves."""


def own_id(odoo: Session) -> int:
    """Return the id of the account's user; the cheapest call that needs valid credentials."""
    return int(odoo.call("res.users", "context_get").get("uid", 0))


def has_group(odoo: Session, group: str) -> bool:
    ids = [own_id(odoo)] if odoo.release >= METHODS_OF_USERS_SINCE else None
    return bool(odoo.call("res.users", "has_group", ids, group_ext_id=group))


def may_create(odoo: Session, model: str) -> bool:
    if odoo.release >= METHODS_OF_USERS_SINCE:
        return bool(odoo.call(model, "has_access", [], operation="create"))
    answer = odoo.call(model, "check_access_rights", operation="create", raise_exception=False)
    return bool(answer)
