"""People's own accounts beside the service account: a few connections, kept while they are used.

Knows keys only while they are handed in; where they are kept is nobody's business here.
"""

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from adapters.odoo.connection import Connection
from adapters.odoo.driver import Session
from adapters.odoo.errors import OdooDenied
from adapters.odoo.rights import own_id
from dialogs.crm import KeyReport
from dialogs.errors import CrmDenied, CrmRefused
from dialogs.ports import OwnAccount

KEPT: Final = 16
"""Connections of people who wrote last; a JSON-2 connection is a thread."""
KEYS_END_SINCE: Final = 18


@dataclass(slots=True)
class _Lent:
    connection: Connection
    users: int = 0


class Accounts:
    """Connections by account. Safe to use from several threads."""

    def __init__(self, connect: Callable[[str, str], Connection]) -> None:
        """`connect` makes one for a login and a key."""
        self._connect = connect
        self._lock = threading.Lock()
        self._open: OrderedDict[OwnAccount, _Lent] = OrderedDict()

    @contextmanager
    def lent(self, own: OwnAccount) -> Iterator[Connection]:
        """The account's connection, kept afterwards for the next time."""
        with self._lock:
            lent = self._open.get(own) or _Lent(self._connect(own.login, own.secret))
            self._open[own] = lent
            self._open.move_to_end(own)
            lent.users += 1
        try:
            yield lent.connection
        finally:
            with self._lock:
                lent.users -= 1
                spare = self._spare()
            for one in spare:
                one.close()

    @contextmanager
    def alone(self, own: OwnAccount) -> Iterator[Connection]:
        """A connection for this once: whether the key is good is what is to be found out."""
        connection = self._connect(own.login, own.secret)
        try:
            yield connection
        finally:
            connection.close()

    def close(self) -> None:
        with self._lock:
            left, self._open = list(self._open.values()), OrderedDict()
        for one in left:
            one.connection.close()

    def _spare(self) -> list[Connection]:
        """Take out those that were used longest ago; one in use stays."""
        idle = [own for own, lent in self._open.items() if not lent.users]
        over = idle[: max(0, len(self._open) - KEPT)]
        return [self._open.pop(own).connection for own in over]


def own_key(odoo: Session, login: str) -> KeyReport:
    """Whose key it is, and how long it lives.

    Raises:
        OdooDenied: it is another person's.
    """
    (user,) = odoo.call("res.users", "read", [own_id(odoo)], fields=["login"])
    if user["login"] != login:
        raise OdooDenied("The key belongs to another Odoo user.")
    if odoo.release < KEYS_END_SINCE:
        return KeyReport(None)
    try:
        return _newest(odoo)
    except CrmDenied:
        raise
    except CrmRefused:
        return KeyReport(None, known=False)


def _newest(odoo: Session) -> KeyReport:
    """Odoo doesn't say which of somebody's keys this is; they were asked to make one for this."""
    rows = odoo.call(
        "res.users.apikeys", "search_read",
        domain=[("user_id", "=", own_id(odoo))], fields=["expiration_date"],
        order="id desc", limit=1,
    )  # fmt: skip
    if not rows:
        return KeyReport(None, known=False)
    end = rows[0]["expiration_date"]
    return KeyReport(_epoch_ms(end) if end else None)


def _epoch_ms(text: str) -> int:
    moment = datetime.fromisoformat(text).replace(tzinfo=UTC)
    return int(moment.timestamp() * 1000)
