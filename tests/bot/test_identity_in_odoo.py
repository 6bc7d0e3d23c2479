"""A real Odoo says who may decide, and carries a link code to its user; nobody else reads it."""

import re
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest

from tests.bot.test_identity import House, colleague
from tests.rig.odoo import MANAGER, SALESMAN, OdooServer
from tests.transcripts.clock import StillClock


@pytest.fixture
async def house(odoo: OdooServer, tmp_path: Path) -> AsyncIterator[House]:
    house = House(
        tmp_path,
        StillClock(),
        DEALDESK_CRM_URL=odoo.url,
        DEALDESK_CRM_DATABASE=odoo.database,
        DEALDESK_CRM_LOGIN=odoo.service.login,
        DEALDESK_CRM_SECRET=odoo.service.api_key,
    )
    await house.start()
    yield house
    await house.install.stop()


def letters(odoo: OdooServer, reader) -> list[str]:
    told = [("subject", "=", "Your code for dealdesk")]
    rows = odoo.call("mail.message", "search_read", told, ["body"], user=reader)
    return [unescape(re.sub(r"<[^>]+>", "", row["body"])) for row in rows]


async def test_a_colleague_gets_a_code_through_odoo_and_links_their_chat(house, odoo):
    sam = odoo.new_user("Sam Selflinked", (SALESMAN,))
    await house.types("Otto", "hello", sam.login)
    await house.types("Eve", "nobody.at.all@example.com")
    assert "If that is a colleague's address, a code is on its way" in house.seen("Otto")
    assert house.seen("Eve").splitlines()[0] in house.seen("Otto"), "nobody learns who is one"
    (letter,) = letters(odoo, sam)
    code = re.search(r"code there within 10 minutes: (\S{22}) ", letter)
    assert code is not None
    assert "Chat (otto)" in letter
    assert letters(odoo, odoo.manager) == letters(odoo, odoo.admin) == []
    await house.types("Eve", code[1])
    assert "does not count" in house.seen("Eve"), "the code is for the chat that asked"
    await house.types("Otto", code[1])
    await house.presses("Otto", "Connect")
    person = house.install.program.people.behind(house.somebody("Otto").address)
    assert person is not None
    assert (person.name, person.crm_user, person.who) == ("Sam Selflinked", sam.user_id, "sales")


async def test_an_employee_without_sales_groups_gets_no_code(house, odoo):
    emil = odoo.new_user("Emil Nosales", ("base.group_user",))
    await house.types("Otto", emil.login)
    assert letters(odoo, emil) == []


async def test_a_mailbox_is_not_filled_by_strangers(house, odoo):
    sam = odoo.new_user("Sam Annoyed", (SALESMAN,))
    for name in ("Otto", "Eve", "Ulf", "Ida", "Uwe"):
        await house.types(name, sam.login)
    assert len(letters(odoo, sam)) == 3


async def test_d3_a11_who_is_no_manager_in_odoo_any_more_decides_nothing(house, odoo):
    mia = odoo.new_user("Mia Inodoo", (MANAGER,))
    max_ = odoo.new_user("Max Inodoo", (MANAGER,))
    await house.know(
        colleague("Sam", "sales"),
        colleague("Mia", "management", login=mia.login, crm_user=mia.user_id),
        colleague("Max", "management", login=max_.login, crm_user=max_.user_id),
    )
    await house.asks()
    _, group = odoo.call("ir.model.data", "check_object_reference", *SALESMAN.split("."))
    odoo.call("res.users", "write", [mia.user_id], {"group_ids": [(6, 0, [group])]})
    await house.presses("Mia", "Approve")
    assert "You are not entitled to do that (sales)" in house.seen("Mia")
    odoo.call("res.users", "write", [mia.user_id], {"active": False})
    await house.install.program.roll_call.look()
    await house.types("Mia", "record")
    assert "does not know you as an active colleague" in house.seen("Mia")
    assert "Management approved" not in house.seen("Sam")
    await house.presses("Max", "Approve")
    assert "Management approved “Meyer” (Max)" in house.seen("Sam")
