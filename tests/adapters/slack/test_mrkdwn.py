"""Text goes out unable to mention or link, and comes in as it was typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from adapters.slack.limits import cut, cut_mrkdwn
from adapters.slack.modal import page_view
from adapters.slack.mrkdwn import clean, escape, typed, unescape
from adapters.slack.outbound import render
from dialogs.shows import Ask, Button, Card, FormPage, Notice, Review, ReviewRow, Row, Section


def test_nobody_is_mentioned_by_a_customers_name():
    assert escape("<!channel> & <@U1>") == "&lt;!channel&gt; &amp; &lt;@U1&gt;"


def test_what_was_escaped_is_read_back():
    assert unescape(escape("a < b & c > d &amp;")) == "a < b & c > d &amp;"


def test_characters_that_turn_the_reading_direction_are_dropped():
    assert clean("ACME\u202egpj.exe\x00\r\nInc") == "ACMEgpj.exe\nInc"


@pytest.mark.parametrize(
    ("sent", "meant"),
    [
        ("Mail to <mailto:a@b.de|a@b.de>", "Mail to a@b.de"),
        ("<mailto:a@b.de>", "a@b.de"),
        ("<tel:+49351123|+49 351 123>", "+49 351 123"),
        ("see <http://arts.de|arts.de>", "see arts.de"),
        ("see <https://arts.de/a?b=1&amp;c=2>", "see https://arts.de/a?b=1&c=2"),
        ("ask <@U123> or <@U124|mia>", "ask @U123 or @mia"),
        ("in <#C1|sales>", "in #sales"),
        ("<!here> now", "@here now"),
        ("<!date^1392734382^{date}|18 February 2014>", "18 February 2014"),
        ("5 &lt; 6 &amp;&amp; 7 &gt; 6", "5 < 6 && 7 > 6"),
        ("&amp;lt;", "&lt;"),
        ("plain", "plain"),
    ],
)
def test_an_answer_is_what_the_person_typed(sent, meant):
    assert typed(sent) == meant


@given(st.text())
def test_text_that_slack_escaped_is_read_back_whole(text):
    assert typed(escape(text)) == clean(text)


@given(st.text(st.sampled_from("<>|@#!&;a \n")))
def test_no_text_is_too_odd_to_be_read(text):
    assert typed(text).count("<") <= text.count("<") + text.count("&")


def test_a_long_text_ends_with_an_ellipsis():
    assert cut("abcdef", 6) == "abcdef"
    assert cut("abc  def", 6) == "abc…"


@pytest.mark.parametrize("text", ["ab&amp;cd", "ab<https://a.de|x>cd"])
def test_nothing_is_cut_through_the_middle_of_an_escape_or_a_link(text):
    for most in range(2, len(text)):
        short = cut_mrkdwn(text, most)
        assert len(short) <= most
        assert unescape(short).count("&") + unescape(short).count("<") == sum(
            whole in short for whole in ("&amp;", "<https://a.de|x>")
        )


MARKS = ["_x_", "~x~", "*x*", "`x`", "```x```", "a _b_ c", "> quoted", ":boom:", "5*3", "*_~`x`~_*"]


@pytest.mark.parametrize("text", MARKS)
def test_e9_marks_that_somebody_typed_are_shown_as_typed(text):
    """Nothing escapes these in mrkdwn, so such a text never stands in mrkdwn."""
    row, review = Row("Label", text), ReviewRow("Label", text, Button("Change", "t"))
    shows = [
        Notice(text, tone="warning", rows=(row,)),
        Review("T", "P", (review,), refusal=text),
        Ask("T", text, hint=text, echo=text, refusal=text),
        Card("T", (row,), (Section(text, (text,)),), verdict=text, tone="rejected"),
    ]
    for show in shows:
        objects = list(_text_objects(render(show)[1]))
        assert any(text in one["text"] for one in objects)
        assert not [one for one in objects if one["type"] == "mrkdwn" and text in one["text"]]


def test_labels_stay_bold_where_nothing_was_marked():
    blocks = render(Notice("n", rows=(Row("Label", "plain words"),)))[1]
    assert any(one["text"] == "*Label*  plain words" for one in _text_objects(blocks))


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Appointment record", "Appointment record"),
        ("Appointment record · Airbus Hamburg", "Appointment record…"),
        ("Donaudampfschifffahrtsgesellschaft", "Donaudampfschifffahrtsg…"),
        ("Assess the opportunity", "Assess the opportunity"),
    ],
)
def test_a_modals_title_ends_with_a_word(title, shown):
    page = FormPage(title, "t", "Next", "Close", ())
    assert page_view(page, None)["title"]["text"] == shown


def _text_objects(value):
    if isinstance(value, list):
        for one in value:
            yield from _text_objects(one)
    elif isinstance(value, dict):
        if isinstance(value.get("text"), str):
            yield value
        for one in value.values():
            yield from _text_objects(one)


@pytest.mark.parametrize("text", ["a\x00b", "a\ud83db"])
def test_e5_what_no_store_takes_is_marked(text):
    assert typed(text) == "a\ufffdb"
    assert escape(text) == "ab"
