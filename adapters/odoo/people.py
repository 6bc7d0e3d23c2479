"""Colleagues as Odoo's users: asked once by login or id, remembered for a while."""

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from adapters.odoo.driver import Session
from dialogs.crm import Staff

REMEMBERED: Final = 600.0  # seconds; a user made or closed later than that is seen


FIELDS: Final = ("name", "login", "email", "partner_id")


@dataclass(frozen=True, slots=True)
class CrmUser:
    id: int
    partner: int
    name: str
    login: str
    email: str

    @property
    def sender(self) -> str:
        """As the head of a message names them."""
        plain = self.name.replace('"', "'")
        return f'"{plain}" <{self.email}>' if self.email else ""


class People:
    """What was asked, and who was not found either."""

    def __init__(self) -> None:
        self._known: dict[int | str, tuple[float, CrmUser | None]] = {}

    def forget(self) -> None:
        self._known = {}

    def find(self, odoo: Session, *colleagues: Staff) -> tuple[CrmUser | None, ...]:
        """Return the active internal user of each; at most one call for all of them."""
        handles = [handle_of(colleague) for colleague in colleagues]
        unknown = {h for h in handles if h is not None and not self._fresh(h)}
        if unknown:
            self._ask(odoo, unknown)
        return tuple(None if h is None else self._known[h][1] for h in handles)

    def _fresh(self, handle: int | str) -> bool:
        asked, _ = self._known.get(handle, (float("-inf"), None))
        return time.monotonic() - asked < REMEMBERED

    def _ask(self, odoo: Session, handles: Iterable[int | str]) -> None:
        users = _read(odoo, handles)
        for handle in handles:
            found = next((u for u in users if handle in (u.id, u.login)), None)
            self._known[handle] = (time.monotonic(), found)


def handle_of(colleague: Staff) -> int | str | None:
    return colleague.user or colleague.login or None


def at(odoo: Session, email: str) -> tuple[CrmUser, ...]:
    """Return the active internal users with that e-mail, however it is capitalised."""
    domain = [("share", "=", False), ("email_normalized", "=", email.strip().lower())]
    rows = odoo.call("res.users", "search_read", domain=domain, fields=FIELDS)
    return tuple(_user(row) for row in rows)


def notify(odoo: Session, user: CrmUser, subject: str, text: str) -> None:
    """Tell them alone; whether by e-mail or in Odoo is a preference of theirs. Odoo escapes."""
    odoo.call(
        "mail.thread", "message_notify", [], partner_ids=[user.partner], subject=subject, body=text
    )


def _read(odoo: Session, handles: Iterable[int | str]) -> list[CrmUser]:
    return [_user(row) for row in rows_of(odoo, handles, FIELDS)]


def rows_of(
    odoo: Session, handles: Iterable[int | str], fields: Sequence[str]
) -> list[dict[str, Any]]:
    """Read the active internal users with these ids and logins."""
    wanted = list(handles)
    domain = [
        ("share", "=", False),
        "|",
        ("id", "in", [h for h in wanted if isinstance(h, int)]),
        ("login", "in", [h for h in wanted if isinstance(h, str)]),
    ]
    return list(odoo.call("res.users", "search_read", domain=domain, fields=fields))


def _user(row: dict[str, Any]) -> CrmUser:
    return CrmUser(row["id"], row["partner_id"][0], row["name"], row["login"], row["email"] or "")
