"""What an answer of Odoo's means for us: the one table of exception names, and of HTTP statuses.

Odoo's status is no signal (bad input answers 500, a lost race 200), so the exception's name
decides. An answer that is no JSON comes from something in front of Odoo and says nothing about
the entry.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import Any, Final

from dialogs.errors import CrmDenied, CrmRefused, CrmUnavailable

_UNTRUSTED: Final = "CERTIFICATE_VERIFY_FAILED"
LONGEST = 300  # characters of Odoo's own words

_CREDENTIALS: Final = (
    "Set DEALDESK_CRM_LOGIN and DEALDESK_CRM_SECRET anew; an API key of Odoo's ends by itself "
    "after 90 days or less, and a password opens no JSON-2."
)
_RIGHTS: Final = (
    "Give the CRM account the group 'Sales / User: All Documents' (for `dealdesk odoo setup`: log "
    "in as an administrator), then retry."
)
_ENTRY: Final = "Correct what Odoo names, there or in the entry, then retry the delivery."
_REJECTED: Final = (
    "Correct it there or in the entry, or give the CRM account the missing right, then retry."
)
_SETUP: Final = "Run `dealdesk check`, and `dealdesk odoo setup` for what it misses, then retry."
_APPS: Final = "Install the apps CRM and Calendar in Odoo, then retry."

REMEDIES: Final[Mapping[str, str]] = {
    "odoo.exceptions.AccessDenied": _CREDENTIALS,
    "odoo.http.SessionExpiredException": _CREDENTIALS,
    "werkzeug.exceptions.Unauthorized": _CREDENTIALS,
    "odoo.exceptions.AccessError": _RIGHTS,
    "werkzeug.exceptions.Forbidden": _RIGHTS,
    "odoo.exceptions.ValidationError": _ENTRY,
    "odoo.exceptions.UserError": _ENTRY,
    "odoo.exceptions.RedirectWarning": _ENTRY,
    "odoo.exceptions.MissingError": "The record was deleted in Odoo: restore it or record anew.",
    "builtins.ValueError": _SETUP,
    "builtins.KeyError": _SETUP,
    "builtins.AttributeError": _APPS,
    "werkzeug.exceptions.NotFound": _APPS,
}
"""What an administrator does about each refusal; every other name gets the general sentence."""

PASSING: Final = frozenset(
    {
        "builtins.ConnectionError",
        "builtins.MemoryError",
        "builtins.OSError",
        "builtins.TimeoutError",
        "odoo.exceptions.CacheMiss",
        "odoo.exceptions.ConcurrencyError",
        "odoo.exceptions.LockError",
        "odoo.sql_db.PoolError",
        "werkzeug.exceptions.BadGateway",
        "werkzeug.exceptions.GatewayTimeout",
        "werkzeug.exceptions.RequestTimeout",
        "werkzeug.exceptions.ServiceUnavailable",
        "werkzeug.exceptions.TooManyRequests",
    }
)
"""Names that time cures. So does everything of psycopg2's, except what `_LASTING` names."""

_LASTING: Final = re.compile(r"Integrity|Violation|Data|Programming|NotSupported|Undefined")
_NO_DATABASE: Final = re.compile(r"database .* does not exist")
_RACE: Final = re.compile(
    r"could not serialize|deadlock detected|could not obtain lock|lock timeout"
    r"|nicht serialisieren|Verklemmung entdeckt|pas pu sérialiser|no se pudo serializar",
    re.IGNORECASE,
)
_STATUSES: Final[Mapping[int, str]] = {
    HTTPStatus.MOVED_PERMANENTLY: "Odoo has moved: set DEALDESK_CRM_URL to its new address",
    HTTPStatus.PERMANENT_REDIRECT: "Odoo has moved: set DEALDESK_CRM_URL to its new address",
    HTTPStatus.UNAUTHORIZED: f"Odoo does not accept the credentials. {_CREDENTIALS}",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The entry is too large for the server before Odoo: raise "
    "its limit (client_max_body_size)",
}


class OdooRefused(CrmRefused):
    """Odoo's own no, with the name of its exception, and the field where it named one."""

    def __init__(self, message: str, name: str = "", field: str = "") -> None:
        super().__init__(message)
        self.name = name
        self.field = field


class OdooDenied(OdooRefused, CrmDenied):
    """Odoo does not know us, or no longer."""


def fault(name: str, message: str, retry_after: str | None = None) -> CrmUnavailable | OdooRefused:
    """Return the error for an exception inside Odoo, by its full Python name."""
    words = in_short(message)
    if _NO_DATABASE.search(message):
        return OdooRefused(f"{words}: set DEALDESK_CRM_DATABASE to a database of this Odoo", name)
    if name in PASSING or (name.startswith("psycopg2.") and not _LASTING.search(name)):
        told = f"Odoo could not finish ({name}). The delivery is tried again."
        return CrmUnavailable(told, pause_of(retry_after))
    remedy = REMEDIES.get(name, "See the server's log, mend the cause, then retry the delivery.")
    kind = OdooDenied if remedy is _CREDENTIALS else OdooRefused
    return kind(f"Odoo refused ({name.rpartition('.')[2]}): {words} {remedy}", name)


def not_logged_in() -> OdooDenied:
    return OdooDenied(
        f"Odoo does not accept the credentials. {_CREDENTIALS}", "odoo.exceptions.AccessDenied"
    )


def page(status: int, retry_after: str | None = None) -> CrmUnavailable | OdooRefused:
    """Return the error for an answer that is not Odoo's JSON: a proxy's page, or a cut one.

    `retry_after` is the header of that name.
    """
    if status in _STATUSES:
        kind = OdooDenied if status == HTTPStatus.UNAUTHORIZED else OdooRefused
        return kind(f"{_STATUSES[status]}.")
    hint = " Is DEALDESK_CRM_DATABASE right?" if status == HTTPStatus.NOT_FOUND else ""
    return CrmUnavailable(
        f"Something else than Odoo answered (HTTP {status}): it is starting, in maintenance, or "
        f"DEALDESK_CRM_URL leads elsewhere.{hint} The delivery is tried again.",
        pause_of(retry_after),
    )


def unreached(error: BaseException) -> CrmUnavailable:
    """Return the error for a connection that failed or an answer that did not come in time."""
    reason = getattr(error, "reason", None) or error
    if _UNTRUSTED in str(reason):
        return CrmUnavailable(
            f"Odoo's certificate is not trusted ({in_short(str(reason))}). Nothing was sent: renew "
            "the certificate, or correct DEALDESK_CRM_URL. The delivery is tried again."
        )
    told = in_short(str(reason)) or type(reason).__name__
    return CrmUnavailable(f"Odoo did not answer: {told}. The delivery is tried again.")


def pause_of(retry_after: str | None) -> float | None:
    """Read the header Retry-After in seconds: a number of them or a date; else None."""
    given = (retry_after or "").strip()
    if given.isascii() and given.isdigit():
        return float(given)
    try:
        left = parsedate_to_datetime(given) - datetime.now(UTC)
    except (ValueError, TypeError):
        return None
    return max(0.0, left.total_seconds())


def rejected(messages: list[Mapping[str, Any]]) -> CrmUnavailable | OdooRefused:
    """Return the error for `load`'s messages, which come with status 200 and without names."""
    errors = [m for m in messages if m.get("type") == "error"] or messages or [{}]
    texts = [str(error.get("message", "")) for error in errors]
    if any(_RACE.search(text) for text in texts):
        return CrmUnavailable("Another writer was faster in Odoo. The delivery is tried again.")
    first = errors[0]
    told = f"Odoo refused the entry: {in_short(texts[0])} {_REJECTED}"
    return OdooRefused(told, field=str(first.get("field", "")))


def in_short(message: str) -> str:
    """Odoo's words on one line, without a traceback."""
    words = " ".join(message.partition("Traceback (most recent call last)")[0].split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
