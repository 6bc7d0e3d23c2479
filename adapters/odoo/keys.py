"""Names by which Odoo knows our records again: external ids, and the marker of a finished delivery.

An external id is unique in Odoo, so a record that has one is made once. The marker is the note's
Message-Id: one search by it tells whether a delivery stands, and on which opportunity.
"""

import hashlib
import re
from typing import Final

from adapters.crm_rules.names import normal

MODULE: Final = "dealdesk"
LONGEST: Final = 64
DEMAND: Final = f"{MODULE}.product_demand"
"""The product under which a quotation has what no product of the CRM is."""


def lead(case: str) -> str:
    return f"{MODULE}.lead_{safe(case)}"


def customer(case: str) -> str:
    return f"{MODULE}.customer_{safe(case)}"


def contact(key: str) -> str:
    return f"{MODULE}.contact_{safe(key)}"


def event(key: str) -> str:
    return f"{MODULE}.event_{safe(key)}"


def activity(key: str) -> str:
    return f"{MODULE}.activity_{safe(key)}"


def message(key: str) -> str:
    return f"{MODULE}.msg_{safe(key)}"


def held(key: str) -> str:
    """Of the note on the meeting itself."""
    return f"{MODULE}.held_{safe(key)}"


def file(key: str, number: int) -> str:
    return f"{MODULE}.file{number}_{safe(key)}"


def mail(key: str) -> str:
    """Of an e-mail that is about to be posted."""
    return f"{MODULE}.mail_{safe(key)}"


def permit(key: str) -> str:
    """Of the permit to post that e-mail, which one attempt has at a time."""
    return f"{MODULE}.permit_{safe(key)}"


def mail_mark(key: str) -> str:
    """The class in the text of a posted e-mail by which it is found again."""
    return f"{MODULE}-mail-{safe(key)}"


def order(key: str) -> str:
    return f"{MODULE}.so_{safe(key)}"


def order_line(key: str, number: int) -> str:
    return f"{MODULE}.sol{number}_{safe(key)}"


def tag(name: str) -> str:
    return f"{MODULE}.tag_{safe(normal(name))}"


def team(name: str) -> str:
    return f"{MODULE}.team_{safe(normal(name))}"


def origin(model: str, name: str) -> str:
    return f"{MODULE}.{model.replace('.', '_')}_{safe(normal(name))}"


def marker(key: str) -> str:
    return f"<{MODULE}-{safe(key)}@{MODULE}>"


def safe(key: str) -> str:
    """The key itself where Odoo can hold it in an external id, else a form that is as unique."""
    if re.fullmatch(r"[A-Za-z0-9_-]+", key) and len(key) <= LONGEST:
        return key
    digest = hashlib.sha256(key.encode("utf-8", "backslashreplace")).hexdigest()[:16]
    return f"{re.sub(r'[^A-Za-z0-9_-]+', '_', key)[:24]}_{digest}"
