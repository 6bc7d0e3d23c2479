"""The audit trail of a running program: what is in it, and the administrator's look at it."""

import sqlite3
from contextlib import closing

from bot.anchors import FILE
from bot.wiring import LEDGER
from tests.bot.office import Office
from tests.bot.terminal import Terminal

DATABASE = "dealdesk.sqlite3"


async def test_each_entry_in_the_crm_has_exactly_one_row_and_each_act_of_a_person(
    office: Office,
) -> None:
    await office.records("Airbus")
    await office.assesses()
    await office.house.rest()
    folder = office.house.settings.data
    entries = asked(folder / LEDGER, "SELECT key || ' ' || opportunity FROM delivery")
    rows = asked(
        folder / DATABASE, "SELECT actor, action, subject, channel FROM audit ORDER BY seq"
    )
    delivered = [subject for actor, action, subject, _ in rows if action == "delivered"]
    assert len(entries) == 2
    assert sorted(delivered) == sorted(subject for (subject,) in entries)
    acts = [(actor, action, channel) for actor, action, _, channel in rows if actor != "dealdesk"]
    assert acts == [
        ("sam", "finish:record", "chat"),
        ("sam", "finish:assess", "chat"),
        ("sam", "ask_management", "chat"),
    ]


async def test_what_the_crm_refused_is_a_row_too(office: Office) -> None:
    office.delete_stage()
    await office.records("Airbus")
    await office.sam.hears("The CRM did not take “Airbus”")
    folder = office.house.settings.data
    assert asked(folder / DATABASE, "SELECT count(*) FROM audit WHERE action = 'refused'") == [(1,)]
    terminal = Terminal(office.house.variables)
    (number,) = (one.seq for one in await dead(office))
    terminal.hears("deliveries", "drop", str(number))
    terminal.hears("people", "add", "--name", "Ada", "--role", "sales", "--telegram", "7")
    listed = terminal.hears("audit", "list").splitlines()[-2:]
    assert [line.split()[3:5] for line in listed] == [
        ["administrator", "drop"],
        ["administrator", "link"],
    ]


async def test_the_administrator_verifies_lists_and_is_told_of_a_broken_row(
    office: Office,
) -> None:
    await office.records("Airbus")
    await office.house.rest()
    terminal = Terminal(office.house.variables)
    told = terminal.hears("audit", "verify")
    assert told.startswith("2 rows are as they were written. Head: 2:")
    anchored = told.split()[-1]
    assert "finish:record" in terminal.hears("audit", "list")
    assert terminal.hears("audit", "verify", "--from", "2").startswith(
        "1 row is as it was written."
    )
    folder = office.house.settings.data
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as books:
        books.execute("DROP TRIGGER audit_undeleted")
        books.execute("DROP TRIGGER audit_head_forward")
        books.execute("DELETE FROM audit WHERE seq = 2")
        books.execute("UPDATE audit_head SET (seq, hash) = (SELECT seq, hash FROM audit)")
    assert terminal.hears("audit", "verify").startswith("1 row is as it was written.")
    broken = terminal.types("audit", "verify", "--anchor", anchored)
    assert broken.status == 1
    assert broken.said == (
        "The audit trail is broken: row 2 is missing, and all after it up to 2.\n"
    )


async def test_the_head_is_anchored_each_day_and_verify_looks_at_the_anchors(
    office: Office,
) -> None:
    await office.records("Airbus")
    await office.house.rest()
    upkeep, file = office.house.program.dispatcher._upkeep, office.house.settings.data / FILE
    upkeep._anchored = 0
    await upkeep.see_to()
    await upkeep.see_to()
    (line,) = file.read_text().splitlines()
    terminal = Terminal(office.house.variables)
    assert terminal.hears("audit", "verify").split()[-1] == line.split()[-1]
    file.write_text(line[:-1] + ("0" if line[-1] != "0" else "1") + "\n")
    assert "row 2 is not as anchored" in terminal.types("audit", "verify").said
    file.write_text("once upon a time\n")
    upkeep._anchored = 0
    await upkeep.see_to()  # complains in the log, and goes on
    assert "audit-anchors was changed" in terminal.types("audit", "verify").complained


async def dead(office):
    return await office.house.program.core.do(lambda books: books.deliveries(("dead",), 9))


def asked(path, sql):
    with closing(sqlite3.connect(path)) as books:
        return books.execute(sql).fetchall()
