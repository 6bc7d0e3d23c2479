"""The ledger's file, what a page sees of it, and what happens when the file is in trouble."""

import json
import sqlite3
from contextlib import closing
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from adapters.ledger import LedgerCrm
from adapters.ledger import schema as ledger_schema
from adapters.ledger.views import Row
from dialogs.crm import Customer, FieldNeed, Value
from dialogs.errors import CrmRefused, CrmUnavailable
from tests.contracts.crm.wishes import assess, deliver, plain, record
from tests.contracts.crm.world import NEEDS, SAM

NOON = datetime(2026, 11, 21, 11, tzinfo=UTC)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "ledger.sqlite3"


@pytest.fixture
def crm(path: Path) -> LedgerCrm:
    return LedgerCrm(path, NEEDS, clock=lambda: NOON)


def test_a_page_sees_all_of_an_opportunity(crm: LedgerCrm) -> None:
    deliver(crm, record("c1", stage="qualification", tag="warm"))
    receipt = deliver(crm, assess("c1"))
    (shown,) = crm.overview()
    assert shown == crm.opportunity(receipt.opportunity)
    assert (shown.title, shown.customer, shown.owner) == ("Title c1", "Company c1", SAM.name)
    assert (shown.stage, shown.tags) == ("Qualified", ("warm",))
    assert shown.fields == (Row("Char", "typed"), Row("Integer", "7"))
    assert [one.start for one in shown.meetings] == ["2026-12-24T14:00:00+01:00"]
    done = [(one.key, one.summary, one.done) for one in shown.activities]
    assert done == [("c1-record-1", "Assess it", True), ("c1-assess-1", "Decide on it", False)]
    assert [note.title for note in shown.notes] == ["Assessment", "Appointment record"]
    assert {note.at for note in shown.notes} == {NOON.isoformat()}


def test_a_page_can_be_sent_as_json(crm: LedgerCrm) -> None:
    deliver(crm, record("c1"))
    (shown,) = json.loads(json.dumps([asdict(one) for one in crm.overview()]))
    assert shown["notes"][0]["rows"] == [{"label": "Content", "value": "First line\nsecond line"}]


def test_labels_and_options_are_in_the_companys_language(path: Path) -> None:
    crm = LedgerCrm(path, replace(NEEDS, language="de"))
    values = {"x_dealdesk_t_selection": Value("go", "Weiter")}
    receipt = deliver(crm, plain("c1", opportunity=values))
    shown = crm.opportunity(receipt.opportunity)
    assert shown is not None
    assert shown.fields == (Row("Selection (de)", "Weiter"),)


def test_an_opportunity_that_is_not_there_has_no_page(crm: LedgerCrm) -> None:
    assert crm.opportunity(1) is None
    assert crm.overview() == ()


def test_opportunities_come_newest_first(crm: LedgerCrm) -> None:
    for case in ("c1", "c2", "c3"):
        deliver(crm, plain(case))
    assert [one.title for one in crm.overview()] == ["Title c3", "Title c2", "Title c1"]


def test_examples_are_there_once(path: Path) -> None:
    for _ in range(2):
        crm = LedgerCrm(path, NEEDS, examples=True)
    hits = crm.search_customers("mueller", 10)
    assert [(hit.name, hit.detail) for hit in hits] == [
        ("Müller AG", "Leipzig"),
        ("Müller GmbH", "Dresden"),
    ]
    assert len(crm.search_customers("gmbh", 20)) == 7


def test_examples_do_not_mix_with_companies_of_ones_own(crm: LedgerCrm, path: Path) -> None:
    crm.add_customer("Own one")
    assert LedgerCrm(path, NEEDS, examples=True).search_customers("airbus", 5) == ()


def test_everything_outlives_the_process(crm: LedgerCrm, path: Path) -> None:
    deliver(crm, record("c1"))
    assert LedgerCrm(path, NEEDS, clock=lambda: NOON).overview() == crm.overview()


def test_the_receipt_leads_to_the_page(path: Path) -> None:
    crm = LedgerCrm(path, NEEDS, pages="http://127.0.0.1:8080/ledger")
    receipt = deliver(crm, plain("c1"))
    assert receipt.url == f"http://127.0.0.1:8080/ledger/{receipt.opportunity}"


def test_a_new_playbook_brings_its_new_fields(crm: LedgerCrm, path: Path) -> None:
    deliver(crm, plain("c1"))
    more = replace(NEEDS, fields=(*NEEDS.fields, FieldNeed("x_new", "char", {"en": "New"})))
    again = LedgerCrm(path, more)
    receipt = deliver(again, plain("c1", number=2, opportunity={"x_new": Value("a", "a")}))
    shown = again.opportunity(receipt.opportunity)
    assert shown is not None
    assert shown.fields == (Row("New", "a"),)


def test_a_field_of_another_type_is_told(crm: LedgerCrm) -> None:
    other = replace(NEEDS, fields=(FieldNeed("x_dealdesk_t_char", "integer", {"en": "Char"}),))
    found = [one for one in crm.examine(other) if one.state == "wrong"]
    assert ["x_dealdesk_t_char" in one.subject for one in found] == [True]


def test_a_company_is_chosen_by_id(crm: LedgerCrm) -> None:
    first, second = crm.add_customer("Twin"), crm.add_customer("Twin")
    assert deliver(crm, plain("c1", customer=Customer("Twin", second))).customer == second
    assert deliver(crm, plain("c2", customer=Customer("Twin"))).customer == first


def test_a_ledger_that_somebody_holds_is_unavailable(
    crm: LedgerCrm, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ledger_schema, "PATIENCE", 0.05)
    with closing(sqlite3.connect(path, isolation_level=None)) as holder:
        holder.execute("BEGIN IMMEDIATE")
        with pytest.raises(CrmUnavailable, match="busy"):
            deliver(crm, plain("c1"))
        holder.execute("ROLLBACK")
    deliver(crm, plain("c1"))


def test_a_place_that_is_none_is_unavailable(tmp_path: Path) -> None:
    with pytest.raises(CrmUnavailable, match="nowhere"):
        LedgerCrm(tmp_path / "nowhere" / "ledger.sqlite3", NEEDS)


def test_a_file_that_is_no_ledger_is_refused(path: Path) -> None:
    path.write_bytes(b"this is no database at all, but it is long enough to look like one" * 20)
    with pytest.raises(CrmRefused, match="backup"):
        LedgerCrm(path, NEEDS)


def test_a_ledger_of_a_newer_version_is_refused(crm: LedgerCrm, path: Path) -> None:
    with closing(sqlite3.connect(path)) as books:
        books.execute("PRAGMA user_version = 99")
    with pytest.raises(CrmRefused, match="newer"):
        LedgerCrm(path, NEEDS)


def test_a_damaged_ledger_is_told_not_raised(crm: LedgerCrm, path: Path) -> None:
    path.write_bytes(b"x" * 4096)
    for suffix in ("-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
    (finding,) = crm.examine(NEEDS)
    assert (finding.subject, finding.state) == ("ledger", "wrong")


def test_a_refused_delivery_leaves_no_trace(crm: LedgerCrm) -> None:
    with pytest.raises(CrmRefused):
        deliver(crm, record("c1", opportunity={"x_dealdesk_t_integer": Value("many", "many")}))
    assert crm.overview() == ()
    assert crm.search_customers("company c1", 5) == ()
    deliver(crm, record("c1"))
