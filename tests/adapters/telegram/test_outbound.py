"""What each Show looks like on a phone."""

from hypothesis import given

from adapters.telegram.outbound import render
from dialogs.shows import Ask, Button, Card, Link, Notice, Review, ReviewRow, Row, Section, Show
from tests.adapters.telegram.shows import as_read, shows, unhurried
from tests.standins.telegram.entities import units
from tests.standins.telegram.keyboards import inline

BACK = Button("Back", "b")
CANCEL = Button("Cancel", "c", style="danger")


def labels(show: Show) -> list[list[str]]:
    return [[key["text"] for key in row] for row in render(show).keyboard]


def choices(*texts: str) -> tuple[Button, ...]:
    return tuple(Button(text, f"t{number}") for number, text in enumerate(texts))


def test_a_question_shows_where_it_stands_what_was_understood_and_what_to_type():
    show = Ask(
        title="Record appointment",
        prompt="When is the next step?",
        hint="for example tomorrow 14:00",
        echo="Content: cables & <harness>",
        refusal="31.2. is no date. Type 28.2.",
        step=3,
        steps=11,
    )
    assert render(show).text == (
        "<b>Record appointment</b> · 3/11\n"
        "\n"
        "✓ <i>Content: cables &amp; &lt;harness&gt;</i>\n"
        "\n"
        "⚠️ 31.2. is no date. Type 28.2.\n"
        "\n"
        "When is the next step?\n"
        "\n"
        "<i>for example tomorrow 14:00</i>"
    )
    assert render(show).keyboard == []


def test_a_question_without_anything_to_add_is_just_that():
    assert render(Ask("New lead", "Who is it?")).text == "<b>New lead</b>\n\nWho is it?"


def test_a_scale_stands_in_one_row_and_the_controls_below():
    show = Ask("T", "How likely?", choices=choices(*"12345"), controls=(BACK, CANCEL))
    assert labels(show) == [["1", "2", "3", "4", "5"], ["Back", "Cancel"]]


def test_a_long_scale_is_split_into_even_rows():
    assert [len(row) for row in labels(Ask("T", "?", choices=choices(*map(str, range(11)))))] == [
        6,
        5,
    ]


def test_short_choices_stand_side_by_side_and_long_ones_alone():
    show = Ask(
        "T",
        "Where?",
        choices=choices("On site", "Online", "By phone", "At our office", "Elsewhere, please type"),
    )
    assert labels(show) == [
        ["On site", "Online", "By phone"],
        ["At our office"],
        ["Elsewhere, please type"],
    ]


def test_four_short_choices_make_a_square():
    show = Ask("T", "?", choices=choices("North", "East", "South", "West"))
    assert labels(show) == [["North", "East"], ["South", "West"]]


def test_what_is_ticked_is_seen_to_be_ticked():
    show = Ask("T", "?", choices=(Button("Price", "p", selected=True), Button("Time", "t")))
    assert labels(show) == [["☑ Price", "Time"]]


def test_a_button_that_opens_a_form_has_no_place_here():
    form = Button("As a form", "f", opens_form=True)
    assert labels(Ask("T", "?", choices=(form,), controls=(BACK, form))) == [["Back"]]


def test_a_button_carries_its_token_and_its_colour():
    keyboard = render(Ask("T", "?", controls=(BACK, CANCEL))).keyboard
    assert keyboard == [
        [
            {"text": "Back", "callback_data": "b"},
            {"text": "Cancel", "callback_data": "c", "style": "danger"},
        ]
    ]


def test_a_review_lists_the_answers_with_a_button_for_each():
    rows = (
        ReviewRow("Customer", "ACME", Button("Change", "e1")),
        ReviewRow("Date", "Thu 24 December 2026", Button("Change", "e2")),
        ReviewRow("Soft requirements", "quick <answers>", Button("Change", "e3")),
    )
    show = Review("Record", "Is that right?", rows, controls=(Button("Save", "s"), CANCEL))
    assert render(show).text == (
        "<b>Record</b>\n"
        "\n"
        "<b>Customer</b>: ACME\n"
        "<b>Date</b>: Thu 24 December 2026\n"
        "<b>Soft requirements</b>: quick &lt;answers&gt;\n"
        "\n"
        "Is that right?"
    )
    assert labels(show) == [
        ["✏️ Customer", "✏️ Date"],
        ["✏️ Soft requirem…"],
        ["Save", "Cancel"],
    ]
    assert render(show).keyboard[0][1]["callback_data"] == "e2"


def test_a_notice_has_a_tone_facts_and_a_link():
    show = Notice(
        "Saved.",
        tone="good",
        rows=(Row("Customer", "ACME"),),
        buttons=(Button("Assess", "a"),),
        link=Link("Open in Odoo", "https://odoo.example.com/web#id=3&model=crm.lead"),
    )
    assert render(show).text == (
        "✅ Saved.\n"
        "\n"
        "<b>Customer</b>: ACME\n"
        "\n"
        '<a href="https://odoo.example.com/web#id=3&amp;model=crm.lead">Open in Odoo</a>'
    )
    assert labels(show) == [["Assess"]]
    assert render(Notice("Careful", tone="warning")).text == "⚠️ Careful"
    assert render(Notice("By the way")).text == "By the way"


def test_an_address_that_telegram_makes_no_link_of_is_shown():
    link = Link("Open", "http://localhost:8069/web?a=1&b=2")
    assert render(Notice("Saved", link=link)).text == (
        "Saved\n\nOpen: http://localhost:8069/web?a=1&amp;b=2"
    )


CARD = Card(
    "Decision: ACME",
    facts=(Row("Value", "12,500.00 €"),),
    sections=(Section("Chances", ("Large market", "Quick")), Section("Risks", ("Price",))),
    buttons=(
        Button("Approve", "a", style="primary"),
        Button("❌ Reject", "r", style="danger"),
        Button("Ask for information", "q"),
    ),
)


def test_a_card_shows_what_counts_and_asks_for_the_decision():
    assert render(CARD).text == (
        "<b>Decision: ACME</b>\n"
        "\n"
        "<b>Value</b>: 12,500.00 €\n"
        "\n"
        "<b>Chances</b>\n"
        "• Large market\n"
        "• Quick\n"
        "\n"
        "<b>Risks</b>\n"
        "• Price"
    )
    assert render(CARD).keyboard == [
        [
            {"text": "✅ Approve", "callback_data": "a", "style": "success"},
            {"text": "❌ Reject", "callback_data": "r", "style": "danger"},
        ],
        [{"text": "Ask for information", "callback_data": "q"}],
    ]


def test_a_decided_card_says_so_and_has_no_buttons():
    show = Card("ACME", (), buttons=CARD.buttons, verdict="Rejected by Mia", tone="rejected")
    assert render(show).text == "<b>ACME</b>\n\n❌ <b>Rejected by Mia</b>"
    assert render(show).keyboard == []


def test_c8_a_text_that_is_too_long_is_cut_inside():
    text = as_read(render(Ask("Title", "word " * 2000, hint="the end")).text).text
    assert units(text) <= 4096
    assert text.startswith("Title\n\nword word")
    assert text.endswith("word…\n\nthe end")


def test_of_too_many_facts_the_last_are_left_out_but_never_the_question():
    row = ReviewRow("A label of some length", "a value of some more length", BACK)
    text = as_read(render(Review("Record", "Right?", (row,) * 300)).text).text
    assert units(text) <= 4096
    assert text.endswith("length\n…\n\nRight?")


def test_c8_of_too_many_buttons_the_controls_are_kept():
    keyboard = render(Ask("T", "?", choices=choices(*["a"] * 150), controls=(CANCEL,))).keyboard
    assert sum(map(len, keyboard)) == 100
    assert keyboard[-1][0]["callback_data"] == "c"


def test_what_nobody_could_see_is_not_sent_as_a_message():
    assert render(Notice("\u200b \n")).text == "…"
    assert labels(Notice("x", buttons=(Button(" \u202e", "t"),))) == [["…"]]


def test_marks_that_turn_the_direction_of_reading_are_taken_out():
    assert render(Notice("pay to \u202egnp.AMCA")).text == "pay to gnp.AMCA"


@unhurried
@given(shows)
def test_c8_any_show_is_readable_and_within_telegrams_limits(show: Show):
    rendered = render(show)
    read = as_read(rendered.text)
    assert 1 <= units(read.text) <= 4096
    assert read.lost == ()
    inline(rendered.keyboard)


@unhurried
@given(shows)
def test_c8_any_button_has_a_text_of_sane_length_and_its_token(show: Show):
    for row in render(show).keyboard:
        for key in row:
            assert 1 <= len(key["text"]) <= 60
            assert 1 <= len(key["callback_data"].encode()) <= 64
