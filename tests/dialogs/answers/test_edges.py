"""Answers at the edge of what makes sense are asked back here, for no CRM would refuse them."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.playbooks import playbook_text
from dialogs.answers import Refusal, Understood, kind_from
from dialogs.playbook import load_playbook
from tests.dialogs.answers.examples import BERLIN, KINDS, NOW, moment
from tests.dialogs.lengths import EXAMPLES

DIGITS = {
    "plain": "0123456789",
    "full width": "".join(chr(0xFF10 + n) for n in range(10)),
    "Arabic": "".join(chr(0x660 + n) for n in range(10)),
    "Persian": "".join(chr(0x6F0 + n) for n in range(10)),
    "Devanagari": "".join(chr(0x966 + n) for n in range(10)),
}
LANGUAGES = st.sampled_from(["en", "de"])
ARTS = load_playbook(*playbook_text(None))


def written(number: object, digits: str) -> str:
    return str(number).translate(str.maketrans(DIGITS["plain"], DIGITS[digits]))


@given(st.integers(0, 10**11), st.sampled_from(sorted(DIGITS)), LANGUAGES)
@EXAMPLES
def test_e6_digits_of_any_script_are_the_same_number(
    number: int, digits: str, language: str
) -> None:
    answer = KINDS["money"].parse(written(number, digits), moment(language))
    assert answer == Understood(f"{number}.00")


@given(
    st.integers(0, 10**7),
    st.integers(0, 99),
    st.sampled_from(".,"),
    st.sampled_from(sorted(DIGITS)),
    LANGUAGES,
)
@EXAMPLES
def test_e6_two_digits_behind_one_sign_are_cents_in_any_script(
    euros: int, cents: int, sign: str, digits: str, language: str
) -> None:
    """Never a hundred times too much, whichever sign and language."""
    typed = f"{written(euros, digits)}{sign}{written(f'{cents:02}', digits)}"
    assert KINDS["money"].parse(typed, moment(language)) == Understood(f"{euros}.{cents:02}")


@given(st.integers(1, 4000), LANGUAGES)
@EXAMPLES
def test_e8_a_past_day_is_asked_back_where_one_to_come_is_needed(days: int, language: str) -> None:
    day = NOW.date() - timedelta(days=days)
    for name, typed in (("future date", str(day)), ("future moment", f"{day} 12:00")):
        answer = KINDS[name].parse(typed, moment(language))
        assert isinstance(answer, Refusal)
        assert answer.code == "in_the_past"


@given(st.integers(1, 4000), LANGUAGES)
@EXAMPLES
def test_e8_a_day_to_come_is_asked_back_where_a_past_one_is_needed(
    days: int, language: str
) -> None:
    answer = KINDS["past date"].parse(str(NOW.date() + timedelta(days=days)), moment(language))
    assert isinstance(answer, Refusal)
    assert answer.code == "in_the_future"


@given(st.integers(0, 365 * 60), LANGUAGES)
@EXAMPLES
def test_e8_more_than_five_years_ahead_is_asked_back(days: int, language: str) -> None:
    day, last = NOW.date() + timedelta(days=days), date(2031, 11, 21)
    for name in ("date", "future date"):
        answer = KINDS[name].parse(str(day), moment(language))
        if day <= last:
            assert answer == Understood(str(day))
        else:
            assert isinstance(answer, Refusal)
            assert answer.code == "too_far_ahead"


@given(st.decimals("100.01", 10**9, places=2), LANGUAGES)
@EXAMPLES
def test_e15_no_more_than_a_hundred_percent(value: object, language: str) -> None:
    answer = KINDS["percent"].parse(f"{value} %".replace(".", {"en": ".", "de": ","}[language]),
                                    moment(language))  # fmt: skip
    assert isinstance(answer, Refusal)
    assert answer.code == "above"


@pytest.mark.parametrize("typed", ["-1", "-0,01", "minus 5", "−12.500 EUR", "-5k", "－5"])  # noqa: RUF001 - phones type them
@pytest.mark.parametrize(
    ("form", "question"),
    [
        ("assess", "revenue"),
        ("assess", "probability"),
        ("record", "travel_cost"),
        ("record", "hours"),
    ],
)
def test_e15_nothing_below_nought_is_taken(form: str, question: str, typed: str) -> None:
    """The CRM would take a negative revenue."""
    asked = ARTS.form_by_id[form].question(question)
    assert asked is not None
    for language in ("en", "de"):
        assert isinstance(asked.kind.parse(typed, moment(language)), Refusal)


@pytest.mark.parametrize("name", ["", " ", "-", "…", "\u200b", "()", "___"])
def test_e15_a_case_needs_a_customer_with_a_name(name: str) -> None:
    assert isinstance(kind_from("customer", {}).parse(name, moment()), Refusal)


def test_f3_a_time_of_day_is_that_of_the_person_who_typed_it() -> None:
    there = ZoneInfo("America/New_York")
    now = datetime(2026, 11, 21, 12, tzinfo=there)
    answer = KINDS["moment"].parse("tomorrow 14:00", moment(now=now))
    assert answer == Understood("2026-11-22T14:00-05:00")
    assert KINDS["moment"].show("2026-11-22T14:00-05:00", "en", "EUR").endswith("14:00")


def test_f3_tomorrow_is_the_persons_own() -> None:
    at = datetime(2026, 11, 21, 23, 30, tzinfo=BERLIN)
    tokyo = at.astimezone(ZoneInfo("Asia/Tokyo"))
    assert KINDS["date"].parse("morgen", moment("de", now=at)) == Understood("2026-11-22")
    assert KINDS["date"].parse("morgen", moment("de", now=tokyo)) == Understood("2026-11-23")


@pytest.mark.parametrize(("year", "exists"), [(2026, True), (2027, False), (2020, True)])
def test_f7_week_53_is_there_in_long_years_only(year: int, exists: bool) -> None:  # noqa: FBT001 - a table
    answer = KINDS["date"].parse(f"KW 53/{year}", moment("de"))
    if exists:
        assert answer == Understood(str(date.fromisocalendar(year, 53, 1)))
    else:
        assert isinstance(answer, Refusal)
        assert answer.code == "no_such_week"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("morgen", "2027-01-01"), ("1.1.", "2027-01-01"), ("31.12.", "2026-12-31"),
     ("gestern", "2026-12-30"), ("in einer Woche", "2027-01-07"), ("KW 1", "2027-01-04")],
)  # fmt: skip
def test_f7_the_year_changes_with_the_day(typed: str, kept: str) -> None:
    eve = moment("de", now=datetime(2026, 12, 31, 23, 59, tzinfo=BERLIN))
    assert KINDS["date"].parse(typed, eve) == Understood(kept)
