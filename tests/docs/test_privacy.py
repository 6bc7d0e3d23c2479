"""What is kept is declared: every table and every column of text, once."""

import re

import pytest
from sqlalchemy import Table, Text

from adapters.store.keeping import KEPT
from adapters.store.tables import metadata
from adapters.web.metrics import exposition
from tests.docs.pages import ROOT

TABLES = list(metadata.tables.values())
STAFF = ("sam", "Sam Sample", "sam@example.com", "telegram", "4711")


def test_every_table_is_declared():
    assert {table.name for table in KEPT} == set(metadata.tables)


@pytest.mark.parametrize("table", TABLES, ids=[table.name for table in TABLES])
def test_every_column_of_text_is_declared_once(table: Table):
    kept = KEPT[table]
    texts = sorted(column.name for column in table.c if isinstance(column.type, Text))
    assert sorted([*kept.texts, *kept.words]) == texts
    assert kept.what
    assert kept.why
    assert kept.until


def test_a_table_with_texts_says_when_they_go():
    forever = [table.name for table, kept in KEPT.items() if kept.texts and "good" in kept.until]
    assert forever == []


def test_i6_metrics_count_nothing_by_person():
    """Key figures are the CRM's; what is counted here is told by table, target and status alone."""
    told = exposition({"inbox.new": 3, "intent.crm.dead": 1, "person": 2}, 1, 0)
    assert set(re.findall(r"(\w+)=", told)) == {"table", "target", "status"}
    assert not any(name in told for name in STAFF)


def test_i6_no_statement_counts_by_person():
    """A figure about a person would group by one: no statement of the store does."""
    texts = [path.read_text() for path in (ROOT / "adapters/store").glob("*.py")]
    grouped = {found for text in texts for found in re.findall(r"group_by\(([^)]*)\)", text)}
    assert grouped == {"intent.c.target", "inbox.c.conversation", "other.c.conversation"}


def test_the_german_sheet_fits_one_page():
    sheet = (ROOT / "docs/datenblatt.md").read_text()
    assert len(sheet) < 4_000
