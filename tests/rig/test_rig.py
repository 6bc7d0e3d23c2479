"""The rig gives what it promises: each part is real, answers, and goes when it is not needed."""

import json
import os
import select
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import psycopg
import pytest
from playwright.async_api import Browser

from tests.rig.odoo import MANAGER, OdooRefusedError, OdooServer
from tests.rig.places import REPOSITORY, MissingPartError
from tests.rig.postgres import PostgresServer
from tests.rig.processes import Program, Workshop, free_port, port_answers

SESSION = """
import sys
from tests.rig.processes import Program, Workshop, port_answers
port, shop = int(sys.argv[1]), Workshop()
server = [sys.executable, "-m", "http.server", str(port), "--bind", "127.0.0.1"]
Program(shop, server, answers=lambda: port_answers(port)).start()
print(shop.directory, shop._warden.pid, flush=True)
sys.stdin.read()
"""


def json2(odoo: OdooServer, key: str, model: str, method: str, **arguments: object) -> Any:
    headers = {"Authorization": f"bearer {key}"}
    url = f"{odoo.url}/json/2/{model}/{method}"
    return httpx.post(url, headers=headers, json=arguments, timeout=30).raise_for_status().json()


def rows(url: str, statement: str) -> list[tuple[object, ...]]:
    with psycopg.connect(url.replace("+psycopg", ""), autocommit=True) as connection:
        return connection.execute(statement).fetchall()


def test_odoo_says_that_it_is_version_19(odoo: OdooServer) -> None:
    answer = httpx.post(f"{odoo.url}/web/webclient/version_info", json={}).json()

    assert answer["result"]["server_version_info"][0] == 19


@pytest.mark.parametrize("module", ["crm", "calendar", "sale_crm"])
def test_the_module_is_installed(odoo: OdooServer, module: str) -> None:
    found = odoo.call("ir.module.module", "search_read", [("name", "=", module)], ["state"])

    assert [row["state"] for row in found] == ["installed"]


def test_a_salesperson_works_over_json_rpc_and_sees_only_their_own(odoo: OdooServer) -> None:
    (lead,) = odoo.call("crm.lead", "create", [{"name": "Seen by Sam"}], user=odoo.sales)
    mine = [("id", "=", lead)]

    assert odoo.call("crm.lead", "search", mine, user=odoo.sales) == [lead]
    assert odoo.call("crm.lead", "search", mine, user=odoo.second_sales) == []
    assert odoo.call("crm.lead", "search", mine, user=odoo.service) == [lead]
    assert odoo.call("crm.lead", "search", mine, user=odoo.manager) == [lead]


def test_an_employee_has_no_rights_in_crm(odoo: OdooServer) -> None:
    with pytest.raises(OdooRefusedError, match="AccessError"):
        odoo.call("crm.lead", "search", [], user=odoo.employee)


@pytest.mark.parametrize("role", ["admin", "sales", "second_sales", "manager", "service"])
def test_a_key_opens_json_2_as_its_person(odoo: OdooServer, role: str) -> None:
    person = getattr(odoo, role)

    assert json2(odoo, person.api_key, "res.users", "context_get")["uid"] == person.user_id


def test_a_wrong_key_does_not_open_json_2(odoo: OdooServer) -> None:
    with pytest.raises(httpx.HTTPStatusError, match="401"):
        json2(odoo, "f" * 40, "res.users", "context_get")


def test_a_new_person_has_the_groups_and_a_key(odoo: OdooServer) -> None:
    person = odoo.new_user("Nora New", (MANAGER,))
    seen = json2(
        odoo, person.api_key, "res.users", "has_group", ids=[person.user_id], group_ext_id=MANAGER
    )

    assert seen is True


def test_german_and_english_are_installed(odoo: OdooServer) -> None:
    names = [
        odoo.call(
            "crm.stage", "search_read", [("is_won", "=", True)], ["name"], context={"lang": to}
        )
        for to in ("en_US", "de_DE")
    ]

    assert [found[0]["name"] for found in names] == ["Won", "Gewonnen"]


def test_an_own_odoo_keeps_its_records_when_it_is_killed(own_odoo: OdooServer) -> None:
    (lead,) = own_odoo.call("crm.lead", "create", [{"name": "Survivor"}])
    own_odoo.kill()
    with pytest.raises(httpx.ConnectError):
        own_odoo.call("crm.lead", "search", [])
    own_odoo.start()

    assert own_odoo.call("crm.lead", "search", [("name", "=", "Survivor")]) == [lead]


def test_postgresql_is_real(postgres: PostgresServer) -> None:
    ((version,),) = rows(postgres.new_database(), "SELECT version()")

    assert str(version).startswith("PostgreSQL ")


def test_two_databases_are_apart(postgres: PostgresServer) -> None:
    one, other = postgres.new_database(), postgres.new_database()

    with psycopg.connect(one.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
    with pytest.raises(psycopg.errors.UndefinedTable):
        rows(other, "TABLE kept")


def test_an_own_postgresql_keeps_what_was_committed_when_it_is_killed(
    own_postgres: PostgresServer,
) -> None:
    url = own_postgres.new_database()
    with psycopg.connect(url.replace("+psycopg", "")) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 7 AS n")
        connection.commit()
        own_postgres.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("TABLE kept")
    own_postgres.start()

    assert rows(url, "TABLE kept") == [(7,)]


async def test_the_browser_runs_a_page(browser: Browser) -> None:
    page = await browser.new_page()
    await page.set_content("<h1></h1><script>document.querySelector('h1').append(6 * 7)</script>")

    assert await page.inner_text("h1") == "42"


async def test_a_salesperson_sees_the_pipeline_in_the_browser(
    odoo: OdooServer, browser: Browser
) -> None:
    odoo.call(
        "crm.lead",
        "create",
        [{"name": "Pumps for Sam", "user_id": odoo.sales.user_id, "type": "opportunity"}],
    )
    page = await browser.new_page()
    await page.goto(f"{odoo.url}/web/login?redirect=/odoo/crm")
    await page.fill("input[name=login]", odoo.sales.login)
    await page.fill("input[name=password]", odoo.sales.password)
    await page.click("button[type=submit]")

    await page.get_by_text("Pumps for Sam").wait_for()


def test_a_server_can_be_run_by_hand_and_ends_with_its_input() -> None:
    command = [sys.executable, "-m", "tests.rig.odoo", "serve"]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as server:
        assert server.stdin
        assert server.stdout
        told = json.loads(server.stdout.readline())
        key = {"Authorization": f"bearer {told['service']['api_key']}"}
        url = f"{told['url']}/json/2/res.users/context_get"
        assert httpx.post(url, headers=key, json={}, timeout=30).is_success
        server.stdin.close()
        assert server.wait() == 0
    with pytest.raises(httpx.ConnectError):
        httpx.get(told["url"])


def test_servers_end_with_the_session_even_when_it_is_killed() -> None:
    port = free_port()
    command = [sys.executable, "-c", SESSION, str(port)]
    with subprocess.Popen(
        command, cwd=REPOSITORY, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as session:
        assert session.stdout
        directory, warden = session.stdout.readline().split()
        assert port_answers(port)
        descriptor = os.pidfd_open(int(warden))
        session.kill()
    wait_for_end(descriptor)

    assert not port_answers(port)
    assert not Path(directory).exists()


def wait_for_end(descriptor: int) -> None:
    select.select([descriptor], [], [])
    os.close(descriptor)


def test_a_program_that_does_not_start_is_reported_with_its_log() -> None:
    with Workshop() as workshop:
        broken = Program(workshop, ["/bin/sh", "-c", "echo no disk; exit 3"], answers=lambda: False)

        with pytest.raises(MissingPartError, match="no disk"):
            broken.start()
