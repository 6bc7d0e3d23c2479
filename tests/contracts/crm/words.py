"""Whatever people type stands in the CRM as they typed it, and does nothing there."""

import pytest

from dialogs.crm import Activity, Customer, Meeting, Note, Value
from dialogs.errors import CrmRefused
from tests.contracts.crm.wishes import deliver, new_case, plain
from tests.contracts.crm.world import World

HOSTILE = [
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    "</p></li><h1>large</h1>",
    '=HYPERLINK("http://bank.example","click")',
    "%(name)s %s {0} ${user}",
    "'; DROP TABLE crm_lead; --",
    "&amp; &lt;b&gt; is typed, not markup",
    "🚀👩‍🚀 emoji",
    "\u202eright to left\u202c",
    "tab\there",
    "a,b;c/d\\e|f",
    "<dealdesk-x@dealdesk>",
]


class Words:
    @pytest.mark.parametrize("text", HOSTILE)
    def test_hostile_words_stay_words(self, world: World, text: str) -> None:
        case = new_case()
        wish = plain(
            case,
            title=f"{case} {text}",
            customer=Customer(f"{case} {text}"),
            note=Note(text, ((text, text),)),
            opportunity={"x_dealdesk_t_char": Value(text, text)},
            meeting=Meeting(text, "2026-12-24T14:00:00+01:00", 60, text),
            activity=Activity(text, "2026-12-28", text),
        )
        receipt = deliver(world.crm, wish)
        seen = world.see(receipt.opportunity)
        line = " ".join(text.split())
        assert seen.title == f"{case} {line}"
        assert seen.fields == {"x_dealdesk_t_char": text}
        assert [(one.subject, one.location) for one in seen.meetings] == [(text, text)]
        assert seen.activities == {text: False}
        assert world.companies(f"{case} {line}") == 1
        assert [note.text for note in seen.notes] == [f"{text}\n{text}: {text}"]

    def test_what_no_reader_can_see_is_dropped(self, world: World) -> None:
        text = "a\x07\x0b\x1b[31mb\x7f\tc"
        wish = plain(
            new_case(),
            title=text,
            note=Note(text, ((text, text),)),
            opportunity={"x_dealdesk_t_char": Value(text, text)},
            meeting=Meeting(text, "2026-12-24T14:00:00+01:00", 60, text),
        )
        seen = world.see(deliver(world.crm, wish).opportunity)
        left = "a[31mb\tc"
        assert seen.title == "a[31mb c"
        assert seen.fields == {"x_dealdesk_t_char": left}
        assert [(one.subject, one.location) for one in seen.meetings] == [(left, left)]
        assert [note.text for note in seen.notes] == [f"{left}\n{left}: {left}"]

    def test_a_title_is_cut_where_nobody_reads_on(self, world: World) -> None:
        case = new_case()
        receipt = deliver(world.crm, plain(case, title=f"{case} " + "long " * 20_000))
        title = world.see(receipt.opportunity).title
        assert len(title) == 200
        assert title.startswith(f"{case} long")
        assert title.endswith("…")

    def test_a_long_note_stands_whole(self, world: World) -> None:
        text = "word " * 40_000 + "end"
        receipt = deliver(world.crm, plain(new_case(), note=Note("Long", (("Content", text),))))
        (note,) = world.see(receipt.opportunity).notes
        assert note.text.endswith(text)

    @pytest.mark.parametrize(
        "other",
        [
            {"title": "nul \0 in it"},
            {"note": Note("Note", (("label", "half \ud83d emoji"),))},
            {"opportunity": {"x_dealdesk_t_char": Value("\0", "\0")}},
            {"customer": Customer("nul\0")},
            {"customer": Customer("long " * 100)},
            {"customer": Customer("   ")},
            {"note": Note("Note", (("endless", "x" * 600_000),))},
        ],
        ids=["nul", "half emoji", "nul in a value", "customer", "long name", "no name", "endless"],
    )
    def test_what_cannot_be_stored_is_refused_whole(
        self, world: World, other: dict[str, object]
    ) -> None:
        case = new_case()
        with pytest.raises(CrmRefused, match="anew"):
            deliver(world.crm, plain(case, **other))
        assert world.opportunities(f"Title {case}") == 0

    @pytest.mark.parametrize("case", ["Fall ä/ö 1", "a.b", "a_b", "x" * 300, "dealdesk.lead_x"])
    def test_any_case_id_names_its_own_opportunity(self, world: World, case: str) -> None:
        ids = [f"{case} {end}" for end in (new_case(), new_case())]
        wishes = [plain(one, customer=None) for one in ids]
        made = [deliver(world.crm, wish).opportunity for wish in wishes]
        assert made[0] != made[1]
        again = [world.restarted().deliver(wish, fresh=False).opportunity for wish in wishes]
        assert again == made
