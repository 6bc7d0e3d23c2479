"""E6: a number is read as it was meant, or refused; never ten, a hundred or a thousand times it."""

from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.answers import Moment, Refusal, Understood, kind_from
from dialogs.answers.amounts import Money
from tests.dialogs.answers.examples import KINDS, NOW, moment

LANGUAGES = st.sampled_from(["en", "de"])
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=2)


def written(amount: Decimal, group: str, sign: str) -> str:
    return f"{amount:,.2f}".replace(",", "G").replace(".", sign).replace("G", group)


@given(
    AMOUNTS, st.sampled_from([",.", ".,", "'.", "',", " ,", " .", "\u202f,", "\u2019."]), LANGUAGES
)
def test_e6_grouped_with_cents_reads_the_same_in_both_languages(
    amount: Decimal, signs: str, language: str
) -> None:
    typed = written(amount, signs[0], signs[1])

    assert Money().parse(typed, moment(language)) == Understood(str(amount))


@given(AMOUNTS, st.sampled_from([".", ","]), st.sampled_from(["", " EUR", "\u20ac"]), LANGUAGES)
@example(Decimal("1250.50"), ".", "", "de")
@example(Decimal("1250.50"), ",", "", "en")
def test_e6_ungrouped_with_cents_reads_the_same_in_both_languages(
    amount: Decimal, sign: str, behind: str, language: str
) -> None:
    typed = str(amount).replace(".", sign) + behind

    assert Money().parse(typed, moment(language)) == Understood(str(amount))


@given(st.integers(1000, 10**9), st.sampled_from(",. '"), LANGUAGES)
@example(50000, ".", "en")
@example(50000, ",", "de")
def test_e6_grouped_without_cents_is_that_number_or_asked(
    amount: int, group: str, language: str
) -> None:
    answer = Money().parse(f"{amount:,}".replace(",", group), moment(language))

    if isinstance(answer, Refusal):
        assert answer.code == "ambiguous_number"
        assert group == {"en": ".", "de": ","}[language]
        assert amount < 10**6
    else:
        assert answer == Understood(f"{amount}.00")


@given(
    st.decimals(min_value="0.001", max_value=999, places=3),
    st.sampled_from(["k", " Tsd", " Mio", "m"]),
    LANGUAGES,
)
def test_e6_thousands_and_millions_scale_what_is_read(
    amount: Decimal, word: str, language: str
) -> None:
    factor = 1000 if word in {"k", " Tsd"} else 10**6
    typed = str(amount).replace(".", {"en": ".", "de": ","}[language]) + word

    assert Money().parse(typed, moment(language)) == Understood(f"{amount * factor:.2f}")


@pytest.mark.parametrize(
    ("language", "first", "second"), [("en", "1,250", "1.25"), ("de", "1.250", "1,25")]
)
def test_e6_both_readings_are_offered_and_either_can_be_typed(
    language: str, first: str, second: str
) -> None:
    answer = Money().parse({"en": "1.250", "de": "1,250"}[language], moment(language))

    assert answer == Refusal("ambiguous_number", {"first": first, "second": second})
    assert Money().parse(first, moment(language)) == Understood("1250.00")
    assert Money().parse(second, moment(language)) == Understood("1.25")


@pytest.mark.parametrize("typed", ["1250.50", "1250,50", "1.250,50", "1,250.50"])
@pytest.mark.parametrize("language", ["en", "de"])
def test_e6_1250_50_is_never_125050(typed: str, language: str) -> None:
    assert Money().parse(typed, moment(language)) == Understood("1250.50")


@pytest.mark.parametrize(
    "currency", ["EUR", "USD", "GBP", "CHF", "AUD", "JPY", "PLN", "CZK", "BRL"]
)
@given(amount=AMOUNTS, language=LANGUAGES)
def test_e6_the_echo_of_money_reads_as_the_same_money(
    currency: str, amount: Decimal, language: str
) -> None:
    shown = Money().show(str(amount), language, currency)

    assert Money().parse(shown, Moment(NOW, language, currency)) == Understood(str(amount))


@given(st.one_of(st.integers(0, 100), st.decimals(0, 100, places=2)), LANGUAGES)
def test_e6_the_echo_of_percent_reads_as_the_same_percent(
    value: int | Decimal, language: str
) -> None:
    kind = KINDS["percent"]
    kept = kind.parse(kind.show(str(value), language, "EUR"), moment(language))

    assert isinstance(kept, Understood)
    assert Decimal(str(kept.value)) == value


@pytest.mark.parametrize(("name", "places"), [("number", 3), ("whole number", 0), ("hours", 2)])
@given(data=st.data(), language=LANGUAGES)
def test_e6_the_echo_of_a_number_reads_as_the_same_number(
    name: str, places: int, data: st.DataObject, language: str
) -> None:
    kind = KINDS[name]
    low, high = (0, 24) if name == "hours" else (-(10**6), 10**6)
    value = data.draw(st.decimals(low, high, places=places))
    kept = kind.parse(kind.show(str(value), language, "EUR"), moment(language))

    assert isinstance(kept, Understood)
    assert Decimal(str(kept.value)) == value


@pytest.mark.parametrize(
    ("typed", "currency", "given_as"),
    [
        ("5 USD", "EUR", "USD"),
        ("$5", "EUR", "$"),
        ("5 \u20ac", "USD", "EUR"),
        ("5 \u20bf", "EUR", "\u20bf"),
        ("5 kr", "EUR", "kr"),
        ("5 Kronen", "CHF", "kronen"),
        ("5 TUSD", "EUR", "USD"),
    ],
)
def test_e6_a_foreign_currency_is_named_and_never_converted(
    typed: str, currency: str, given_as: str
) -> None:
    answer = Money().parse(typed, Moment(NOW, "en", currency))

    assert answer == Refusal("foreign_currency", {"given": given_as, "expected": currency})


@pytest.mark.parametrize(
    ("typed", "currency"), [("$5", "CAD"), ("A$5", "AUD"), ("Fr. 5.-", "CHF"), ("5 kr", "SEK")]
)
def test_a_shared_sign_fits_the_company_s_own_currency(typed: str, currency: str) -> None:
    assert Money().parse(typed, Moment(NOW, "en", currency)) == Understood("5.00")


def test_e15_bounds_are_named_the_way_the_person_writes() -> None:
    kind = kind_from("money", {"min": 100, "max": "2500.50"})

    assert kind.parse("99,99", moment("de")) == Refusal("below", {"least": "100,00 \u20ac"})
    assert kind.parse("2501", moment("de")) == Refusal("above", {"most": "2.500,50 \u20ac"})
    assert kind.parse("2500.50", moment("de")) == Understood("2500.50")


def test_e15_a_fraction_is_asked_about_with_both_readings() -> None:
    answer = KINDS["percent"].parse("0.6", moment())

    assert answer == Refusal("fraction_or_percent", {"first": "60%", "second": "0.6%"})
