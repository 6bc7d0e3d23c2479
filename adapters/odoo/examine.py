"""Says whether the account can do what the bot does, and what to mend; writes nothing."""

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Final

from adapters.odoo import survey
from adapters.odoo.connection import Connection
from adapters.odoo.driver import Session
from adapters.odoo.rights import has_group, may_create, own_id
from dialogs.crm import CrmNeeds, Finding
from dialogs.errors import CrmRefused, CrmUnavailable

OLDEST: Final = 14  # the oldest version that is supported
KEYS_END_SINCE: Final = 18
WARNED: Final = timedelta(days=14)
ALL_LEADS: Final = "sales_team.group_sale_salesman_all_leads"
RIGHTS: Final = (
    ("create opportunities", "crm.lead"),
    ("create customers", "res.partner"),
    ("create meetings", "calendar.event"),
    ("create activities", "mail.activity"),
    ("create notes", "mail.message"),
)
_GROUP: Final = "Give the CRM account the group 'Sales / User: All Documents'."


def examine(connection: Connection, needs: CrmNeeds, *, has_key: bool) -> tuple[Finding, ...]:
    """One finding for each subject; what cannot be reached ends the list."""
    try:
        release = connection.release()
        odoo = connection.session()
        own_id(odoo)
    except (CrmUnavailable, CrmRefused) as error:
        return (_unconnected(error),)
    return (
        _server(release.text, release.major),
        Finding(f"driver {odoo.driver.name}", "ok"),
        Finding("credentials", "ok"),
        *_tried("API key", lambda: _keys(odoo) if has_key else []),
        *_tried("rights", lambda: _rights(odoo)),
        *_tried("fields", lambda: survey.fields(odoo, needs).values()),
        *_tried("stages", lambda: survey.stages(odoo, needs).values()),
        *_tried("lost reasons", lambda: survey.lost_reasons(odoo, needs)),
        *_tried("teams", lambda: survey.teams(odoo, needs).values()),
        *_tried(survey.TAB, lambda: [survey.tab(odoo, needs)]),
        *_tried(survey.PRODUCT, lambda: survey.product(odoo)),
    )


def _unconnected(error: CrmUnavailable | CrmRefused) -> Finding:
    refused = isinstance(error, CrmRefused)
    return Finding("connection to Odoo", "wrong" if refused else "unknown", str(error))


def _tried(subject: str, look: Callable[[], Iterable[Finding]]) -> list[Finding]:
    try:
        return list(look())
    except (CrmUnavailable, CrmRefused) as error:
        return [Finding(subject, "unknown", str(error))]


def _server(version: str, major: int) -> Finding:
    subject = f"Odoo {version}"
    if major < OLDEST:
        return Finding(subject, "wrong", f"Odoo {OLDEST} or later is needed.")
    return Finding(subject, "ok")


def _keys(odoo: Session) -> list[Finding]:
    """Of several keys one can't tell which is ours, so the first to end counts."""
    if odoo.release < KEYS_END_SINCE:
        return []
    rows = odoo.call("res.users.apikeys", "search_read", domain=[], fields=["expiration_date"])
    ends = sorted(_day(row["expiration_date"]) for row in rows if row["expiration_date"])
    if not ends:
        return [Finding("API key without an end", "ok")]
    soon = ends[0] < datetime.now(UTC).date() + WARNED
    remedy = "Make a new key in Odoo and set DEALDESK_CRM_SECRET." if soon else ""
    return [Finding(f"API key valid until {ends[0]}", "wrong" if soon else "ok", remedy)]


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _rights(odoo: Session) -> Iterator[Finding]:
    for what, model in RIGHTS:
        yield _right(what, may=may_create(odoo, model))
    yield _right("write other people's opportunities", may=has_group(odoo, ALL_LEADS))


def _right(what: str, *, may: bool) -> Finding:
    subject = f"right to {what}"
    return Finding(subject, "ok") if may else Finding(subject, "wrong", _GROUP)
