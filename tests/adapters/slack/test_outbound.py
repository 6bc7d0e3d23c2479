"""What a dialogue shows looks right in Slack and always fits."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from adapters.slack.outbound import render, without_buttons
from dialogs.shows import (
    Ask,
    Button,
    Card,
    Link,
    Notice,
    Review,
    ReviewRow,
    Row,
    Section,
)
from tests.standins.slack.blocks import check_message, texts

CHOICES = tuple(Button(text, f"t{n}") for n, text in enumerate(["Low", "Medium", "High"]))


def kinds(blocks):
    return [block["type"] for block in blocks]


def pressable(blocks):
    rows = [element for block in blocks for element in block.get("elements", [])]
    return [
        each for each in [*rows, *(b.get("accessory", {}) for b in blocks)] if "action_id" in each
    ]


def shown(blocks):
    return "\n".join(texts(blocks))


def test_a_question_has_title_progress_echo_prompt_hint_choices_and_controls():
    ask = Ask(
        title="Appointment with ACME",
        prompt="How likely is it?",
        hint="A first impression will do.",
        echo="Date: Thu 24 December 2026",
        step=3,
        steps=11,
        choices=CHOICES,
        controls=(Button("Back", "b"), Button("Cancel", "c", style="danger")),
    )
    text, blocks = render(ask)
    assert text == "Appointment with ACME\nHow likely is it?"
    assert kinds(blocks) == ["header", "context", "section", "context", "actions", "actions"]
    progress, echo = blocks[1]["elements"]
    assert progress["text"] == "▰▰▰▱▱▱▱▱▱▱▱  3 / 11"
    assert echo["text"] == "✓ Date: Thu 24 December 2026"
    assert [each["value"] for each in blocks[4]["elements"]] == ["t0", "t1", "t2"]
    assert blocks[5]["elements"][1]["style"] == "danger"
    check_message(blocks)


def test_a_long_dialogue_counts_without_a_bar():
    _, blocks = render(Ask("T", "P", step=3, steps=40))
    assert blocks[1]["elements"][0]["text"] == "3 / 40"


def test_a_refusal_stands_above_the_question_with_a_warning():
    text, blocks = render(Ask("T", "When?", refusal="“soon” is no date. Type 24.12.2026."))
    assert blocks[1]["text"]["text"] == ":warning: “soon” is no date. Type 24.12.2026."
    assert text == "T\n“soon” is no date. Type 24.12.2026.\nWhen?"


def test_ticked_choices_are_marked():
    _, blocks = render(Ask("T", "P", choices=(Button("A", "a", selected=True), Button("B", "b"))))
    assert [each["text"]["text"] for each in pressable(blocks)] == ["✓ A", "B"]


def test_a_button_that_opens_a_form_says_so_in_its_action_id():
    _, blocks = render(Ask("T", "P", controls=(Button("Fill in", "f", opens_form=True),)))
    assert pressable(blocks)[0]["action_id"].startswith("form:")
    assert pressable(blocks)[0]["value"] == "f"


def test_more_than_ten_choices_become_a_list_whose_values_are_the_tokens():
    many = tuple(Button(f"Reason {n}", f"r{n}") for n in range(12))
    _, blocks = render(Ask("T", "P", choices=(*many, Button("Form", "f", opens_form=True))))
    menu, form = pressable(blocks)
    assert menu["type"] == "static_select"
    assert [each["value"] for each in menu["options"]] == [f"r{n}" for n in range(12)]
    assert form["action_id"].startswith("form:")


def test_a_review_has_a_button_beside_each_answer():
    rows = tuple(ReviewRow(f"Q{n}", f"A{n}", Button("Change", f"e{n}")) for n in range(3))
    controls = (Button("Save", "s", style="primary"),)
    _, blocks = render(Review("Review", "All right?", rows, controls=controls))
    assert [b["accessory"]["value"] for b in blocks if "accessory" in b] == ["e0", "e1", "e2"]
    assert blocks[2]["text"]["text"] == "*Q0*\nA0"
    assert pressable(blocks)[0]["style"] == "primary"


def test_a_card_shows_facts_in_columns_and_its_verdict_without_buttons():
    facts = tuple(Row(f"Fact {n}", str(n)) for n in range(12))
    sections = (Section("Chances", ("Series", "Reference")),)
    card = Card("ACME", facts, sections, verdict="Approved by Mia", tone="approved")
    text, blocks = render(card)
    assert [len(b["fields"]) for b in blocks if "fields" in b] == [10, 2]
    assert "*Chances*\n• Series\n• Reference" in shown(blocks)
    assert ":white_check_mark: Approved by Mia" in shown(blocks)
    assert pressable(blocks) == []
    assert text == "ACME\nApproved by Mia"


def test_an_open_card_can_be_decided():
    buttons = (Button("Approve", "y", style="primary"), Button("Reject", "n", style="danger"))
    _, blocks = render(Card("ACME", (), buttons=buttons))
    assert [each["style"] for each in pressable(blocks)] == ["primary", "danger"]


def test_a_notice_shows_its_rows_and_link():
    notice = Notice(
        "Saved", "good", (Row("Stage", "Won"),), (), Link("Open", "https://crm.example/1?a=1&b=2")
    )
    _, blocks = render(notice)
    assert "*Stage*  Won" in shown(blocks)
    assert "<https://crm.example/1?a=1&amp;b=2|Open>" in shown(blocks)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a.de/" + "x" * 3000, "nowhere"])
def test_what_is_no_web_address_becomes_no_link(url):
    _, blocks = render(Notice("Saved", link=Link("Open", url)))
    assert all(part["type"] == "plain_text" for part in [b["text"] for b in blocks])


@pytest.mark.parametrize("url", ["https://a.de/x|y>z", "https://a.de/<!channel>"])
def test_an_address_can_not_break_out_of_its_link(url):
    _, blocks = render(Notice("Saved", link=Link("Open <!here>", url)))
    link = blocks[-1]["text"]["text"]
    assert link.count("<") == link.count(">") == link.count("|") == 1


def test_a_message_that_is_outdated_keeps_its_words_only():
    rows = (ReviewRow("Q", "A", Button("Change", "e")),)
    _, blocks = render(Review("Review", "All right?", rows, controls=CHOICES))
    bare = without_buttons(blocks)
    assert pressable(bare) == []
    assert "*Q*\nA" in shown(bare)
    check_message(bare)


TEXT = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["", " ", "<!channel>", "&" * 800, "ü" * 4000, "*a*\n\n_b_", "\u202ex\x00"]),
)
TOKEN = st.text(st.characters(codec="ascii", exclude_categories=("Cc",)), min_size=1, max_size=64)
BUTTON = st.builds(
    Button,
    text=TEXT,
    token=TOKEN,
    style=st.sampled_from(["plain", "primary", "danger"]),
    selected=st.booleans(),
    opens_form=st.booleans(),
)
LINK = st.none() | st.builds(Link, text=TEXT, url=TEXT | st.just("https://a.de/" + "ü|>" * 900))


def many(items, most):
    sizes = st.sampled_from([0, 1, 3, most])
    few = st.lists(items, min_size=1, max_size=4)
    return st.tuples(few, sizes).map(lambda pair: tuple((pair[0] * most)[: pair[1]]))


SHOWS = st.one_of(
    st.builds(
        Ask,
        title=TEXT,
        prompt=TEXT,
        hint=TEXT,
        echo=TEXT,
        refusal=TEXT,
        step=st.integers(-1, 50),
        steps=st.integers(-1, 50),
        choices=many(BUTTON, 300),
        controls=many(BUTTON, 130),
    ),
    st.builds(
        Review,
        title=TEXT,
        prompt=TEXT,
        rows=many(st.builds(ReviewRow, label=TEXT, value=TEXT, edit=BUTTON), 60),
        echo=TEXT,
        refusal=TEXT,
        controls=many(BUTTON, 130),
    ),
    st.builds(
        Notice,
        text=TEXT,
        tone=st.sampled_from(["info", "good", "warning"]),
        rows=many(st.builds(Row, label=TEXT, value=TEXT), 100),
        buttons=many(BUTTON, 130),
        link=LINK,
    ),
    st.builds(
        Card,
        title=TEXT,
        facts=many(st.builds(Row, label=TEXT, value=TEXT), 60),
        sections=many(st.builds(Section, heading=TEXT, lines=many(TEXT, 40)), 40),
        buttons=many(BUTTON, 130),
        verdict=TEXT,
        tone=st.sampled_from(["open", "approved", "rejected", "withdrawn"]),
        link=LINK,
    ),
)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SHOWS)
def test_c8_whatever_is_to_be_shown_slack_takes_it(show):
    text, blocks = render(show)
    check_message(blocks)
    assert 0 < len(text) <= 3000
    check_message(without_buttons(blocks))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(SHOWS)
def test_e9_no_text_of_a_person_mentions_anybody(show):
    text, blocks = render(show)
    for each in [text, *texts(blocks)]:
        assert "<!" not in each or each in _plain(blocks)


def _plain(value):
    if isinstance(value, list):
        return [found for each in value for found in _plain(each)]
    if not isinstance(value, dict):
        return []
    own = [value["text"]] if value.get("type") == "plain_text" else []
    return own + [found for each in value.values() for found in _plain(each)]
