"""In a real Odoo, over both ways to it, everything is shown as typed and is nothing else."""

import html
import re
from collections.abc import Iterator, Sequence

import pytest

from adapters.crm_rules.names import contains
from adapters.odoo.connection import DriverName
from dialogs.crm import Activity, Customer, Meeting, Note, Value
from tests.contracts.crm.odoo_world import OdooWorld, prepare
from tests.contracts.crm.wishes import deliver, new_case, plain
from tests.dialogs.lengths import LONG
from tests.injection.corpus import CORPUS, GROUPS, pages, sample
from tests.rig.odoo import OdooServer

DRIVERS: tuple[DriverName, ...] = ("odoorpc", "json2")
OURS = {"p", "/p", "strong", "/strong", "ul", "/ul", "li", "/li", "br"}
"""The tags of our notes as they come back; none of them has an attribute."""
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff]")


@pytest.fixture(scope="module")
def prepared_odoo(odoo: OdooServer) -> OdooServer:
    prepare(odoo)
    return odoo


@pytest.fixture(scope="module", params=DRIVERS)
def world(prepared_odoo: OdooServer, request: pytest.FixtureRequest) -> Iterator[OdooWorld]:
    world = OdooWorld(prepared_odoo, request.param)
    yield world
    world.close()


def bodies(world: OdooWorld, opportunity: int) -> list[str]:
    """The notes as they stand in Odoo, after its sanitiser."""
    about = [("model", "=", "crm.lead"), ("res_id", "=", opportunity)]
    rows = world.odoo.call("mail.message", "search_read", about, ["body", "message_type"])
    return [str(row["body"]) for row in rows if row["message_type"] == "comment"]


def words(text: str) -> str:
    """All that can be read of it, whatever the spaces."""
    return "".join(CONTROLS.sub("", text).split())


@pytest.mark.timeout(300)
def test_e9_a_note_shows_all_of_it_and_holds_no_tag_of_it(world: OdooWorld) -> None:
    for texts in pages(100):
        note = Note("Note", tuple((f"<i>{number}", text) for number, text in enumerate(texts)))
        receipt = deliver(world.crm, plain(new_case(), customer=None, note=note))
        (body,) = bodies(world, receipt.opportunity)
        tags = {
            tag.strip("/ ") if tag.startswith("br") else tag
            for tag in re.findall("<([^>]*)>", body)
        }
        assert tags <= OURS, tags - OURS
        shown = words(html.unescape(re.sub("<[^>]*>", " ", body)))
        for number, text in enumerate(texts):
            assert words(f"<i>{number}: {text}") in shown, text


@pytest.mark.timeout(300)
def test_e9_a_field_holds_it_as_it_was_typed(world: OdooWorld) -> None:
    for text in _chars():
        case = new_case()
        wish = plain(
            case,
            title=f"{case} {text}",
            customer=Customer(f"{case} {text[:100]}"),
            opportunity={"x_dealdesk_t_char": Value(text, text)},
            meeting=Meeting(text, "2026-12-24T14:00:00+01:00", 60, text),
            activity=Activity(text, "2026-12-28", text),
        )
        seen = world.see(deliver(world.crm, wish).opportunity)
        kept = CONTROLS.sub("", text)
        assert words(f"{case} {kept}").startswith(words(seen.title).removesuffix("…")), text
        assert words(str(seen.fields.get("x_dealdesk_t_char", ""))) == words(kept), text
        assert [words(one.subject) for one in seen.meetings] == [words(kept)], text
        assert [words(str(one)) for one in seen.activities] == [words(kept)], text


def _chars() -> Sequence[str]:
    """One for every sink; a field of one line has no use for what shows nothing."""
    return [text for text in sample(100) if words(text)]


@pytest.mark.timeout(300)
def test_e9_a_search_finds_only_what_has_the_words_in_it(world: OdooWorld) -> None:
    for name in ("Airbus Operations", "A_B Werft", "100 Prozent", "Ampersand & Co", "O'Brien"):
        world.add_company(f"{name} {new_case()}")
    for text in (*GROUPS["odoo"][:: 1 if LONG else 2], *sample(40)):
        for hit in world.crm.search_customers(text, 10):
            assert contains(hit.name, text), (text, hit.name)


def test_e9_every_string_was_in_a_note() -> None:
    assert [text for page in pages(100) for text in page] == list(CORPUS)
