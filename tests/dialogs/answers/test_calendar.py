"""E7, F1, F2, F6 and F7: days and times are read by their own grammar, in the person's zone."""

import calendar
from datetime import date, datetime, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from dialogs.answers import Moment, Refusal, Understood, kind_from
from tests.dialogs.answers.examples import BERLIN, KINDS, NOW, moment

LANGUAGES = st.sampled_from(["en", "de"])
NEAR = st.dates(date(2020, 1, 1), date(2031, 11, 21))
HOURS = st.times().map(lambda time: time.replace(second=0, microsecond=0))
FORMS = ("%d.%m.%Y", "%d.%m.%y", "%Y-%m-%d", "%Y/%m/%d", "%d %b %Y", "%B %d, %Y", "%a %d %B %Y")


def on(day: date, hour: int = 12) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=BERLIN)


@given(NEAR, st.sampled_from(FORMS), LANGUAGES)
def test_e7_a_day_in_any_form_is_that_day(day: date, form: str, language: str) -> None:
    assert KINDS["date"].parse(day.strftime(form), moment(language)) == Understood(str(day))


@given(NEAR, LANGUAGES)
def test_e7_the_echo_of_a_day_reads_as_the_same_day(day: date, language: str) -> None:
    shown = KINDS["date"].show(str(day), language, "EUR")

    assert KINDS["date"].parse(shown, moment(language)) == Understood(str(day))


@given(HOURS, LANGUAGES)
def test_e7_the_echo_of_a_time_reads_as_the_same_time(time: datetime, language: str) -> None:
    shown = f"{time:%H:%M}"

    assert KINDS["time"].parse(shown, moment(language)) == Understood(shown)


@given(NEAR, HOURS, LANGUAGES)
def test_e7_the_echo_of_a_moment_reads_as_the_same_moment(
    day: date, time: datetime, language: str
) -> None:
    kind = KINDS["moment"]
    first = kind.parse(f"{day} {time:%H:%M}", moment(language))
    assume(isinstance(first, Understood))

    shown = kind.show(first.value, language, "EUR")
    assert kind.parse(shown, moment(language)) == first


@given(NEAR, st.integers(0, 6), st.sampled_from(["future", "past", "any"]))
def test_e7_a_weekday_is_within_a_week_and_never_today(
    today: date, weekday: int, rule: str
) -> None:
    word = calendar.day_name[weekday]
    answer = kind_from("date", {"rule": rule}).parse(word, moment(now=on(today)))

    assert isinstance(answer, Understood)
    away = (date.fromisoformat(str(answer.value)) - today).days
    assert (today + timedelta(days=away)).weekday() == weekday
    assert 1 <= (-away if rule == "past" else away) <= 7


@given(st.dates(date(2020, 1, 1), date(2040, 12, 31)), NEAR)
def test_e7_a_day_without_a_year_is_the_next_or_the_last(day: date, today: date) -> None:
    assume((day.month, day.day) != (2, 29))
    typed = f"{day.day}.{day.month}."
    coming = kind_from("date", {"rule": "future"}).parse(typed, moment(now=on(today)))
    gone = kind_from("date", {"rule": "past"}).parse(typed, moment(now=on(today)))

    assert 0 <= (date.fromisoformat(coming.value) - today).days <= 366
    assert 0 <= (today - date.fromisoformat(gone.value)).days <= 366


@pytest.mark.parametrize(
    ("country", "value"), [("US", "2027-03-04"), ("GB", "2027-04-03"), ("AU", "2027-04-03")]
)
def test_e7_slashes_are_read_the_way_the_person_s_country_does(country: str, value: str) -> None:
    assert KINDS["date"].parse("03/04/27", moment(country=country)) == Understood(value)


def test_e7_slashes_without_a_country_are_asked_about() -> None:
    readings = {"first": "Sat 3 April 2027", "second": "Thu 4 March 2027"}

    assert KINDS["date"].parse("03/04/27", moment()) == Refusal("ambiguous_date", readings)
    for reading in readings.values():
        assert isinstance(KINDS["date"].parse(reading, moment()), Understood)


def test_e7_10_11_is_the_tenth_of_november_and_no_time() -> None:
    assert KINDS["date"].parse("10.11.", moment("de")) == Understood("2026-11-10")
    assert KINDS["time"].parse("10.11.", moment("de")) == Refusal("not_a_time")
    missing = KINDS["moment"].parse("10.11.", moment("de"))
    assert missing == Refusal("missing_time", {"date": "Di. 10. November 2026"})


def test_e7_a_time_in_the_answer_is_never_dropped() -> None:
    assert KINDS["moment"].parse("morgen 14 Uhr", moment("de")) == Understood(
        "2026-11-22T14:00+01:00"
    )


@given(st.integers(2020, 2037), st.sampled_from([3, 10]), st.integers(60, 240))
def test_f1_an_hour_that_does_not_exist_is_refused_and_no_other(
    year: int, month: int, minutes: int
) -> None:
    day = date(year, month, 31)
    while day.weekday() != calendar.SUNDAY:  # the clocks change on the month's last
        day -= timedelta(days=1)
    hour, minute = divmod(minutes, 60)
    answer = KINDS["moment"].parse(f"{day} {hour:02}:{minute:02}", moment("de", now=on(day)))

    if (month, hour) == (3, 2):
        assert isinstance(answer, Refusal)
        assert answer.code == "no_such_hour"
    else:
        placed = datetime(year, month, day.day, hour, minute, tzinfo=BERLIN)
        assert answer == Understood(placed.isoformat(timespec="minutes"))


def test_f1_the_refusal_names_the_hour_that_exists_instead() -> None:
    answer = KINDS["moment"].parse("28.03.2027 02:30", moment("de"))

    assert answer == Refusal("no_such_hour", {"given": "So. 28. März 2027, 02:30", "next": "03:30"})


def test_f2_of_a_double_hour_the_first_is_taken() -> None:
    assert KINDS["moment"].parse("25.10.2026 02:30", moment("de")) == Understood(
        "2026-10-25T02:30+02:00"
    )


def test_f2_two_hours_on_are_two_hours_even_when_the_clocks_change() -> None:
    night = moment(now=datetime(2026, 10, 25, 1, 30, tzinfo=BERLIN))

    assert KINDS["moment"].parse("in 2 hours", night) == Understood("2026-10-25T02:30+01:00")


def test_f3_a_computer_s_time_comes_into_the_person_s_zone() -> None:
    assert KINDS["moment"].parse("2026-12-24T14:00:00+05:30", moment()) == Understood(
        "2026-12-24T09:30+01:00"
    )


def test_f6_tomorrow_counts_from_the_message_not_from_now() -> None:
    before, after = datetime(2026, 12, 31, 23, 59, tzinfo=BERLIN), on(date(2027, 1, 1), 0)

    assert KINDS["date"].parse("morgen", moment(now=before)) == Understood("2027-01-01")
    assert KINDS["date"].parse("morgen", moment(now=after)) == Understood("2027-01-02")


def test_f6_a_suggestion_types_the_day_it_showed() -> None:
    typed = [typed for typed, _ in KINDS["future date"].quick(moment())]

    assert typed == ["2026-11-21", "2026-11-22", "2026-11-28"]


@pytest.mark.parametrize("year", [2024, 2028])
def test_f7_the_29th_of_february_is_found_in_leap_years_only(year: int) -> None:
    assert KINDS["date"].parse(f"29.02.{year}", moment()) == Understood(f"{year}-02-29")
    refused = KINDS["date"].parse(f"29.02.{year + 1}", moment())
    assert refused == Refusal("no_such_day", {"given": f"29.02.{year + 1}"})


@given(NEAR.filter(lambda day: day.year > 2020))
def test_f7_a_calendar_week_is_its_monday(day: date) -> None:
    year, week, weekday = day.isocalendar()
    answer = KINDS["date"].parse(f"KW {week}/{year}", moment("de", now=NOW))

    assert answer == Understood(str(day - timedelta(days=weekday - 1)))


def test_f7_from_a_leap_day_a_year_on_is_the_28th() -> None:
    leap_day = moment(now=on(date(2028, 2, 29)))

    assert KINDS["date"].parse("in a year", leap_day) == Understood("2029-02-28")
    assert KINDS["date"].parse("28.02.2033", leap_day) == Understood("2033-02-28")
    far = KINDS["date"].parse("01.03.2033", leap_day)
    assert isinstance(far, Refusal)
    assert far.code == "too_far_ahead"


def test_workdays_pass_over_weekends() -> None:
    for start in (date(2026, 11, 16) + timedelta(days=n) for n in range(14)):
        for number in range(1, 13):
            answer = KINDS["date"].parse(f"in {number} Werktagen", moment(now=on(start)))
            day = date.fromisoformat(answer.value)
            passed = [start + timedelta(days=n) for n in range(1, (day - start).days + 1)]
            assert sum(each.weekday() < 5 for each in passed) == number
            assert day.weekday() < 5


def test_a_moment_without_a_zone_is_a_programming_mistake() -> None:
    with pytest.raises(ValueError, match="time zone"):
        Moment(datetime(2026, 11, 21, 12), "en")  # noqa: DTZ001 - the mistake
