"""Somebody is exported and erased while the program runs, and nothing of them comes back."""

import json
from pathlib import Path

from tests.bot.desk import ACCOUNT, CONTACT, LOGIN, NAME, OTHER, PHONE, Desk, said
from tests.bot.terminal import Terminal


async def test_i4_a_member_of_staff_is_exported_and_erased_without_a_trace(desk: Desk) -> None:
    await said(desk)
    exported = json.loads(desk.terminal.hears("privacy", "export", NAME))
    assert exported["person"]["login"] == LOGIN
    assert {one["action"] for one in exported["audit"]} >= {"finish:record", "ask_management"}
    assert any(OTHER in one["text"] for one in exported["texts"])

    assert "Nothing was changed" in desk.terminal.hears("privacy", "erase", NAME)
    assert NAME in desk.tables()
    assert "Erased the person" in desk.terminal.hears("privacy", "erase", NAME, "--yes")
    for canary in (NAME, LOGIN, OTHER, ACCOUNT):
        assert canary not in desk.tables()
        assert canary not in desk.files()
    await desk.staff.types("a word that asks who I am")
    await desk.house.rest()
    await desk.mia.types("pending")
    await desk.house.rest()
    desk.house._people = ()  # nobody links them anew
    await desk.house.restart()
    for canary in (NAME, LOGIN, OTHER):
        assert canary not in desk.tables()
        assert canary not in desk.files()
    assert "are as they were written" in desk.terminal.hears("audit", "verify")
    assert "z1" in desk.terminal.hears("audit", "list")
    assert "nobody is called" in desk.terminal.types("privacy", "erase", NAME).complained


async def test_i4_a_customers_contact_is_exported_and_erased_while_a_form_is_open(
    desk: Desk,
) -> None:
    await said(desk)
    words = ("--contact", CONTACT.upper(), "--contact", "0351/7654321", "--contact", OTHER)
    words = (*words, "--contact", PHONE)
    exported = json.loads(desk.terminal.hears("privacy", "export", *words))
    assert {one["table"] for one in exported["texts"]} >= {"case_file", "approval", "conversation"}
    assert exported["person"] is None

    assert "names in texts: " in desk.terminal.hears("privacy", "erase", *words, "--yes")
    await desk.staff.types("status")
    await desk.staff.types("summary")
    await desk.mia.types("pending")
    await desk.house.rest()
    await desk.mia.hears("Company of [erased]")
    await desk.house.restart()
    for canary in (CONTACT, "7654321", OTHER):
        assert canary not in desk.tables()
        assert canary not in desk.files()
    assert NAME in desk.tables()


async def test_i4_nothing_is_erased_while_an_entry_is_on_its_way(desk: Desk) -> None:
    await said(desk, away=True)
    refused = desk.terminal.types("privacy", "erase", "--contact", CONTACT, "--yes")
    assert refused.status == 2
    assert "have not reached the CRM" in refused.complained
    assert CONTACT in desk.tables()


def test_i4_a_contact_of_two_letters_is_not_looked_for(tmp_path: Path) -> None:
    terminal = Terminal({"DEALDESK_DATA": str(tmp_path)})
    told = terminal.types("privacy", "erase", "--contact", "Al").complained
    assert told == "--contact Al: give three characters or more\n"
