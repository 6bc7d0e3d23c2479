"""An Odoo that asks to be left alone, that is slow, or whose certificate nobody vouches for."""

import ssl
import subprocess
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import ClassVar

import pytest

from adapters.odoo import OdooCrm
from adapters.odoo.connection import DriverName
from adapters.odoo.errors import pause_of
from dialogs.crm import Delivery
from dialogs.errors import CrmUnavailable
from tests.adapters.odoo.conftest import Connect
from tests.adapters.odoo.relay import Asked, Dribbles, Fault, Relay, Says, Silent
from tests.contracts.crm.odoo_world import connect
from tests.contracts.crm.wishes import deliver, new_case, plain
from tests.rig.odoo import OdooServer


@pytest.mark.parametrize("status", [429, 503])
def test_a25_the_pause_that_is_asked_for_is_told(
    crm: OdooCrm, relay: Relay, odoo: OdooServer, status: int
) -> None:
    deliver(crm, plain(new_case()))
    slow_down = Says(status, "slow down", "text/plain", {"Retry-After": "17"})
    wish = plain(new_case(), customer=None)
    relay.plan = lambda _asked: slow_down
    with pytest.raises(CrmUnavailable) as told:
        deliver(crm, wish)
    assert told.value.retry_after == 17
    relay.plan = lambda _asked: None
    crm.deliver(wish, fresh=False)
    assert odoo.call("crm.lead", "search_count", [("name", "=", wish.title)]) == 1


def test_a25_a_pause_may_be_a_date() -> None:
    at = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    pause = pause_of(at)
    assert pause is not None
    assert 50 < pause <= 60


@pytest.mark.parametrize("header", [None, "", "soon", "-5", "1.5", "²"])
def test_a25_what_is_no_pause_is_none(header: str | None) -> None:
    assert pause_of(header) is None


def test_a6_one_answer_that_dribbles_holds_up_no_other_call(through: Connect, relay: Relay) -> None:
    crm = through(deadline=8.0)
    crm.staff("sam@example.com")

    def plan(asked: Asked) -> Fault | None:
        return Dribbles() if asked.what == "crm.lead.load" else None

    relay.plan = plan
    wish = plain(new_case(), customer=None)
    stuck = threading.Thread(target=_in_vain, args=[crm, wish])
    stuck.start()
    begun = time.monotonic()
    assert crm.staff("sofia@example.com")
    assert time.monotonic() - begun < 5
    assert stuck.is_alive()
    stuck.join()


def test_who_waits_for_an_answer_is_let_go_when_the_way_is_closed(
    relay: Relay, odoo: OdooServer
) -> None:
    crm = connect(odoo, "json2", url=relay.url)  # odoorpc has no way to end a call before its time
    crm.staff("sam@example.com")
    relay.plan, asked = lambda _asked: Silent(), len(relay.asked)
    wish = plain(new_case(), customer=None)
    stuck = threading.Thread(target=_in_vain, args=[crm, wish], daemon=True)
    stuck.start()
    while len(relay.asked) == asked:
        time.sleep(0.01)
    crm.close()
    stuck.join(5.0)
    assert not stuck.is_alive()


def _in_vain(crm: OdooCrm, wish: Delivery) -> None:
    with pytest.raises(CrmUnavailable):
        deliver(crm, wish)


class _Nobody(BaseHTTPRequestHandler):
    """Whoever this is, it hears nothing."""

    heard: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        self.heard.append(self.path)


@pytest.fixture
def stranger(tmp_path: Path) -> Iterator[str]:
    """An HTTPS server with a certificate that it made itself."""
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    names = ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    files = ["-keyout", key, "-out", certificate]
    subprocess.run([*made, *files, *names], check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = HTTPServer(("127.0.0.1", 0), _Nobody)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, args=[0.02])
    thread.start()
    yield f"https://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a24_a_certificate_that_nobody_vouches_for_is_not_trusted(
    stranger: str, odoo: OdooServer, driver: DriverName
) -> None:
    crm = connect(odoo, driver, url=stranger, deadline=5.0)
    with pytest.raises(CrmUnavailable, match="certificate"):
        deliver(crm, plain(new_case()))
    crm.close()
    assert _Nobody.heard == []
