"""Odoo's /jsonrpc through odoorpc: every version up to 21, with a password or an API key.

Only `login` and `execute_kw` are used: the proxies make hidden calls and share mutable state.
"""

import http.client
import logging
import threading
import urllib.error
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import odoorpc

from adapters.odoo.account import Account
from adapters.odoo.driver import Call
from adapters.odoo.errors import OdooRefused, fault, not_logged_in, page, unreached
from adapters.odoo.wire import Opener, ending
from dialogs.errors import CrmUnavailable

# At DEBUG odoorpc 0.10 writes the arguments of each call, the secret among them.
if logging.getLogger("odoorpc.rpc.jsonrpclib").level == logging.NOTSET:
    logging.getLogger("odoorpc.rpc.jsonrpclib").setLevel(logging.INFO)

_DENIED = "odoo.exceptions.AccessDenied"
_PORTS = {"http": 80, "https": 443}


class OdoorpcDriver:
    """One login, kept; used by many threads. `version` is the server's, so that it is not asked."""

    name = "odoorpc"

    def __init__(self, account: Account, version: str) -> None:
        self._account = account
        self._version = version
        self._lock = threading.Lock()
        self._odoo: odoorpc.ODOO | None = None

    def call(self, call: Call, until: float) -> Any:
        with ending(until), _translated(self._account):
            try:
                return self._execute(call)
            except odoorpc.error.RPCError as error:
                if _name(error) != _DENIED:
                    raise
            # The key was revoked or the password changed: nothing was done, so once more anew.
            self._odoo = None
            return self._execute(call)

    def close(self) -> None:
        self._odoo = None

    def _execute(self, call: Call) -> Any:
        odoo = self._logged_in()
        ids = [] if call.ids is None else [list(call.ids)]
        return odoo.execute_kw(call.model, call.method, ids, dict(call.named))

    def _logged_in(self) -> Any:
        with self._lock:
            if self._odoo is None:
                odoo = self._connected()
                odoo.login(self._account.database, self._account.login, self._account.secret)
                self._odoo = odoo
            return self._odoo

    def _connected(self) -> Any:
        address = urllib.parse.urlsplit(self._account.site)
        return odoorpc.ODOO(
            address.hostname,
            protocol="jsonrpc+ssl" if address.scheme == "https" else "jsonrpc",
            port=address.port or _PORTS.get(address.scheme, 80),
            version=self._version,
            opener=Opener(),
        )


@contextmanager
def _translated(account: Account) -> Iterator[None]:
    """Turn the many kinds of exception that odoorpc lets through into our two."""
    try:
        yield
    except odoorpc.error.RPCError as error:
        raise _meaning(error, account) from None
    except urllib.error.HTTPError as error:
        error.close()
        raise page(error.code, error.headers.get("Retry-After")) from None
    except (OSError, http.client.HTTPException) as error:
        raise unreached(error) from None
    except (ValueError, AttributeError, KeyError, TypeError):
        # odoorpc's, on an answer that is no JSON or not the shape of Odoo's.
        raise page(http.HTTPStatus.OK) from None


def _meaning(error: odoorpc.error.RPCError, account: Account) -> CrmUnavailable | OdooRefused:
    if not error.info:
        return not_logged_in()
    return fault(_name(error), account.without_secret(str(error)))


def _name(error: odoorpc.error.RPCError) -> str:
    data = error.info.get("data") if isinstance(error.info, dict) else None
    return str(data.get("name", "")) if isinstance(data, dict) else ""
