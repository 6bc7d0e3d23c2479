"""Finds out what the server speaks, at the first use: an Odoo that is down stops nobody before."""

import http.client
import json
import re
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, replace
from typing import Any, Literal

from adapters.odoo.account import Account
from adapters.odoo.driver import Driver, Session
from adapters.odoo.errors import page, unreached
from adapters.odoo.json2_driver import Json2Driver
from adapters.odoo.odoorpc_driver import OdoorpcDriver
from adapters.odoo.wire import Opener, ending
from dialogs.errors import BadConfiguration, CrmUnavailable

DriverName = Literal["auto", "odoorpc", "json2"]
JSON2_SINCE = 19  # the first version with JSON-2


@dataclass(frozen=True, slots=True)
class Release:
    """The server's version as it writes it (`19.0`, `saas~18.2+e`) and its major number."""

    text: str
    major: int

    @property
    def plain(self) -> str:
        """The version without what odoorpc could stumble over."""
        return f"{self.major}.0"


class Connection:
    """The way to one account's Odoo; safe to use from several threads."""

    def __init__(self, account: Account, driver: DriverName, deadline: float) -> None:
        if not re.match(r"https?://[^/]", account.url):
            raise BadConfiguration(
                "DEALDESK_CRM_URL has to begin with http:// or https:// and name Odoo's address."
            )
        self._account = account
        self._wanted = driver
        self._deadline = deadline
        self._lock = threading.Lock()
        self._driver: Driver | None = None
        self._release: Release | None = None

    def like(self, login: str, secret: str) -> "Connection":
        """The same way to the same database for another account."""
        account = replace(self._account, login=login, secret=secret)
        other = Connection(account, self._wanted, self._deadline)
        other._release = self._release
        return other

    def session(self) -> Session:
        """Connect if that is still to do, and return what one job of ours asks through.

        Raises:
            CrmUnavailable: the server did not say what it is.
        """
        until = time.monotonic() + self._deadline
        with self._lock:
            release = self._known_release(until)
            if self._driver is None:
                self._driver = self._make(release)
            return Session(self._driver, until, release.major)

    def release(self) -> Release:
        """Ask the server anew."""
        return _ask(self._account.site, time.monotonic() + self._deadline)

    def close(self) -> None:
        with self._lock:
            if self._driver is not None:
                self._driver.close()
            self._driver = None

    def _known_release(self, until: float) -> Release:
        if self._release is None:
            self._release = _ask(self._account.site, until)
        return self._release

    def _make(self, release: Release) -> Driver:
        json2 = self._account.has_key and release.major >= JSON2_SINCE
        if self._wanted == "json2" or (self._wanted == "auto" and json2):
            return Json2Driver(self._account)
        return OdoorpcDriver(self._account, release.plain)


def _ask(site: str, until: float) -> Release:
    """Ask without logging in."""
    try:
        with ending(until):
            return _read(_version(site))
    except urllib.error.HTTPError as error:
        error.close()
        raise page(error.code, error.headers.get("Retry-After")) from None
    except (OSError, http.client.HTTPException) as error:
        raise unreached(error) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise CrmUnavailable(
            "What answers at DEALDESK_CRM_URL does not say which Odoo it is: check the address, or "
            "wait until it has started."
        ) from None


def _version(site: str) -> str:
    """`/web/webclient/version_info` is on all versions so far, `/json/version` from 19 on."""
    try:
        question = json.dumps({"jsonrpc": "2.0", "method": "call", "params": {}}).encode()
        return str(_get(f"{site}/web/webclient/version_info", question)["result"]["server_version"])
    except urllib.error.HTTPError as error:
        error.close()
        if error.code != http.HTTPStatus.NOT_FOUND:
            raise
        return str(_get(f"{site}/json/version", None)["version"])


def _get(url: str, body: bytes | None) -> Any:
    headers = {"Content-Type": "application/json"}
    # `Connection` lets only http and https through.
    return json.load(Opener().open(urllib.request.Request(url, body, headers)))  # noqa: S310


def _read(version: str) -> Release:
    number = re.search(r"\d+", version)
    if number is None:
        raise ValueError(version)
    return Release(version, int(number.group()))
