"""A running Odoo: where it answers, who may log in, how it is stopped and started again.

``python -m tests.rig.odoo serve`` runs one for a person: it prints what is needed to log in as one
line of JSON, and ends when its standard input closes or at SIGTERM. ``prepare`` only fetches and
prepares what a start needs.
"""

import json
import secrets
import signal
import sys
import threading
from dataclasses import asdict, dataclass
from typing import Any

import httpx

from tests.rig.odoo_config import DATABASE, write_config
from tests.rig.odoo_keys import make_key
from tests.rig.odoo_program import odoo_program
from tests.rig.odoo_template import odoo_template
from tests.rig.people import ALL_LEADS, EMPLOYEE, MANAGER, PEOPLE, SALESMAN, OdooUser, Person
from tests.rig.places import plainly
from tests.rig.postgres import PostgresServer, serve_cluster
from tests.rig.processes import Program, Workshop, copied, free_port

__all__ = ["ALL_LEADS", "EMPLOYEE", "MANAGER", "SALESMAN", "OdooServer", "OdooUser", "serve_odoo"]

CALL = 60.0  # seconds


class OdooRefusedError(Exception):
    """Odoo answered a call of the rig's own with an error; its name and message."""


@dataclass(frozen=True, slots=True)
class OdooServer:
    """A real Odoo 19 with crm, calendar and sale_crm, on a database of its own.

    ``postgres`` is the cluster under it, for tests in which the database goes away.
    """

    url: str
    database: str
    admin: OdooUser
    sales: OdooUser
    second_sales: OdooUser
    manager: OdooUser
    service: OdooUser
    employee: OdooUser
    program: Program
    postgres: PostgresServer

    def start(self) -> None:
        """Start again on the same port; returns when it answers."""
        self.program.start()

    def stop(self) -> None:
        """Ask it to end (SIGTERM) and wait."""
        self.program.stop()

    def kill(self) -> None:
        """End it at once (SIGKILL)."""
        self.program.kill()

    def call(
        self, model: str, method: str, *args: Any, user: OdooUser | None = None, **kwargs: Any
    ) -> Any:
        """Call a model's method over JSON-RPC as ``user`` (default: the administrator)."""
        who = user or self.admin
        words = [self.database, who.user_id, who.password, model, method, args, kwargs]
        params = {"service": "object", "method": "execute_kw", "args": words}
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = (
            httpx.post(f"{self.url}/jsonrpc", json=body, timeout=CALL).raise_for_status().json()
        )
        if "error" in answer:
            data = answer["error"]["data"]
            raise OdooRefusedError(f"{model}.{method}: {data['name']}: {data['message']}")
        return answer.get("result")

    def new_user(self, name: str, groups: tuple[str, ...] = (SALESMAN,)) -> OdooUser:
        """Make one more person with a login nobody has, a password and an API key (30 days)."""
        login = f"{name.lower().replace(' ', '.')}.{secrets.token_hex(3)}@example.com"
        person = Person(name, login, groups[0])
        facts = {"name": name, "login": login, "email": login, "password": person.password}
        place = {"lang": person.lang, "tz": person.tz}
        rights = {"group_ids": [(6, 0, self._ids(groups))]}
        quiet = {"no_reset_password": True}
        (user,) = self.call("res.users", "create", [{**facts, **place, **rights}], context=quiet)
        (seen,) = self.call("res.users", "read", [user], ["partner_id"])
        key = make_key(self.url, self.database, login, person.password)
        return OdooUser(user, seen["partner_id"][0], name, login, person.password, key)

    def _ids(self, groups: tuple[str, ...]) -> list[int]:
        names = [group.split(".") for group in groups]
        return [self.call("ir.model.data", "check_object_reference", *name)[1] for name in names]


def serve_odoo(workshop: Workshop) -> OdooServer:
    """Serve a fresh copy of the prepared database for as long as the workshop is open."""
    template, program, port = odoo_template(), odoo_program(), free_port()
    postgres = serve_cluster(workshop, template.cluster)
    files = copied(template.files, workshop.directory / f"files-{port}", None)
    config = write_config(workshop.directory / f"odoo-{port}.conf", program, postgres, files, port)
    url = f"http://127.0.0.1:{port}"
    server = Program(
        workshop,
        [program.python, "-m", "odoo", "-c", config],
        answers=lambda: _answers(url),
        environment=program.environment,
    )
    server.start()
    return OdooServer(url, DATABASE, **template.people, program=server, postgres=postgres)


def _answers(url: str) -> bool:
    try:
        # The registry must be loaded too, which the version alone would not show.
        return httpx.get(f"{url}/web/login", timeout=CALL).is_success
    except httpx.TransportError:
        return False


def _serve_by_hand() -> None:
    ended = threading.Event()
    for sign in (signal.SIGTERM, signal.SIGINT):
        signal.signal(sign, lambda *_: ended.set())
    threading.Thread(target=_await_end_of_input, args=[ended], daemon=True).start()
    with Workshop() as workshop:
        server = serve_odoo(workshop)
        sys.stdout.write(json.dumps(_described(server)) + "\n")
        sys.stdout.flush()
        ended.wait()


def _await_end_of_input(ended: threading.Event) -> None:
    sys.stdin.read()
    ended.set()


def _described(server: OdooServer) -> dict[str, object]:
    people = {role: asdict(getattr(server, role)) for role in PEOPLE}
    return {"url": server.url, "database": server.database, **people}


COMMANDS = {"prepare": odoo_template, "serve": _serve_by_hand}

if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in COMMANDS:
        sys.exit("Usage: python -m tests.rig.odoo prepare|serve")
    with plainly():
        COMMANDS[sys.argv[1]]()
