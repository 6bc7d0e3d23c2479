"""Names, cells and tables, without a server."""

from zoneinfo import ZoneInfo

import pytest

from adapters.crm_rules.values import LeadField
from adapters.odoo import keys
from adapters.odoo.cells import odoo_cells, telling_zone
from adapters.odoo.driver import Session
from adapters.odoo.entry import Known
from adapters.odoo.load import load
from adapters.odoo.memory import Memory
from adapters.odoo.note import note_html
from adapters.odoo.search import guesses, literal, spellings
from adapters.odoo.tab import tab_arch
from dialogs.crm import FieldNeed, Meeting, Note, Value
from tests.contracts.crm.wishes import assess, record

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("start", "zone"),
    [
        ("2026-10-25T02:30:00+02:00", "UTC"),
        ("2026-10-25T02:30:00+01:00", "Europe/Berlin"),
        ("2026-10-25T01:30:00+02:00", "UTC"),
        ("2026-10-25T03:30:00+01:00", "Europe/Berlin"),
    ],
    ids=["first of two", "second of two", "ends in the first", "after"],
)
def test_only_the_hour_that_comes_twice_is_told_in_utc(start: str, zone: str) -> None:
    assert telling_zone(Meeting("m", start, 60), {}, BERLIN).key == zone


def test_a_value_may_fall_into_that_hour_too() -> None:
    values = {"x": Value("2026-10-25T02:30:00+02:00", ""), "y": Value(3, "3")}
    assert telling_zone(None, values, BERLIN).key == "UTC"


def test_an_html_field_gets_escaped_paragraphs() -> None:
    fields = {"description": LeadField("html")}
    values = {"description": Value("", "<b>\nx")}
    expected = {"description": "<p>&lt;b&gt;<br/>x</p>"}
    assert odoo_cells(values, fields, BERLIN) == expected


def test_a_field_that_links_records_is_not_written() -> None:
    fields = {"partner_id": LeadField("many2one"), "tag_ids": LeadField("many2many")}
    values = {"partner_id": Value("Airbus", "Airbus"), "tag_ids": Value(["a"], "a")}
    assert odoo_cells(values, fields, BERLIN) == {}


def test_external_ids_hold_no_dot_and_no_comma() -> None:
    for case in ("a.b", "a,b", "ä b", "x" * 100, ""):
        name = keys.lead(case).removeprefix("dealdesk.")
        assert name.replace("_", "").replace("-", "").isalnum()
        assert len(name) < 80


def test_keys_that_look_alike_stay_apart() -> None:
    assert len({keys.safe(key) for key in ("a.b", "a_b", "a,b", "a-b", "A-b")}) == 5


def test_a_note_is_text_between_tags_of_ours() -> None:
    note = Note("<i>", (("a&b", "1\n2"),))
    expected = (
        "<p><strong>&lt;i&gt;</strong> (&lt;Bob&gt;)</p>"
        "<ul><li><strong>a&amp;b</strong>: 1<br/>2</li></ul>"
    )
    assert note_html(note, "<Bob>") == expected


def test_what_is_typed_has_no_wildcards() -> None:
    assert literal(r"100%_\x") == r"100\%\_\\x"
    assert all(r"\%" in pattern for pattern in spellings("50%"))


def test_a_guess_never_is_all_wildcards() -> None:
    for word in ("ei", "aia", "eau", "cis"):
        assert all(pattern.strip("_") for pattern in guesses(word))


def test_long_texts_of_the_tab_have_their_own_lines() -> None:
    needs = [FieldNeed("x_a", "char", {}), FieldNeed("x_b", "text", {})]
    arch = tab_arch(needs)
    assert '<group><field name="x_a"/></group>' in arch
    assert '<field name="x_b" nolabel="1"/>' in arch


def test_the_memory_forgets_the_case_used_longest_ago() -> None:
    memory = Memory(capacity=2)
    for number, case in enumerate(("a", "b", "a", "c")):
        memory.stands(case, Known(number, None))
    assert memory.recall("b") is None
    assert (memory.recall("a"), memory.recall("c")) == (Known(2, None), Known(3, None))


def test_the_memory_knows_which_activities_are_open() -> None:
    memory = Memory()
    memory.made(record("c"), Known(1, 2), None)
    memory.stands("c", Known(1, 3))
    known = memory.recall("c")
    assert known is not None
    assert (known.customer, set(known.open)) == (3, {keys.activity("c-record-1")})
    memory.made(assess("c"), Known(1, 3), known)
    known = memory.recall("c")
    assert known is not None
    assert set(known.open) == {keys.activity("c-assess-1")}
    assert known.seen == {"c-record-1", "c-assess-1"}


def test_rows_of_a_table_are_filled_with_empty_cells() -> None:
    class Recorder:
        name = "recorder"

        def call(self, call: object, until: float) -> dict[str, object]:
            self.call_made = call
            return {"ids": [until], "messages": []}

        def close(self) -> None: ...

    recorder = Recorder()
    rows = [{"id": "a", "name": "n"}, {"lines/id": "b"}]
    assert load(Session(recorder, 5.0, 19), "m", rows, {"tz": "UTC"}) == [5.0]
    assert recorder.call_made.named == {
        "fields": ["id", "name", "lines/id"],
        "data": [["a", "n", ""], ["", "", "b"]],
        "context": {"tz": "UTC"},
    }
