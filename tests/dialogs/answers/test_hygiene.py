"""E4 and E5: what is typed is made safe to keep, or refused before anything else sees it."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dialogs.answers import Refusal, Understood
from dialogs.answers.hygiene import clean, fold
from tests.dialogs.answers.examples import KINDS, moment

EVERY_KIND = pytest.mark.parametrize("name", KINDS)
NAMES = st.sampled_from(sorted(KINDS))
ANYTHING = st.text(st.characters(), max_size=300)  # lone surrogates too


@EVERY_KIND
@pytest.mark.parametrize("piece", ["a", "1", " ", "ä", "\0", "e\u0301", "\u200b", "24.12. ", "1, "])
def test_e4_a_hundred_thousand_characters_are_refused_with_the_limit(name: str, piece: str) -> None:
    typed = (piece * 100_000)[:100_000]
    answer = KINDS[name].parse(typed, moment())

    assert isinstance(answer, Refusal)
    assert answer.code == "too_long"
    assert answer.facts["length"] == "100000"
    assert int(answer.facts["limit"]) <= 2000


@EVERY_KIND
@pytest.mark.parametrize("typed", ["a\0b", "\0", "a\ud800b", "\udfff", "24.12.\0"])
def test_e5_nul_and_lone_surrogates_are_refused(name: str, typed: str) -> None:
    assert KINDS[name].parse(typed, moment()) == Refusal("unreadable")


@EVERY_KIND
@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "\n",
        "\r\n\t",
        "\u200b",
        "\u200e\u202e",
        "\u00a0\u2009",
        "\u3164",
        "\u0301",
        "\ufeff",
    ],
)
def test_e5_what_shows_nothing_is_empty(name: str, typed: str) -> None:
    assert KINDS[name].parse(typed, moment()) == Refusal("empty")


@given(ANYTHING)
@example("e\u200d\u0301")
@example("\u0301\u0301a" + "\u0301" * 9)
@example("a\r\n\u2028b\x0bc\x00")
def test_e5_what_is_kept_is_nfc_without_invisible_characters(typed: str) -> None:
    kept = clean(typed, 2000, lines=True)

    if isinstance(kept, str):
        assert kept == unicodedata.normalize("NFC", kept) == kept.strip()
        assert not {unicodedata.category(c) for c in kept if c != "\n"} & {"Cc", "Cf", "Cs", "Zl"}
        assert kept.encode()
        assert clean(kept, 2000, lines=True) == kept


@given(ANYTHING)
def test_e5_a_line_stays_one_line(typed: str) -> None:
    kept = clean(typed, 2000)

    if isinstance(kept, str):
        assert kept.splitlines() == [kept]
        assert "  " not in kept


def test_e5_windows_line_breaks_become_plain_ones() -> None:
    kept = KINDS["long_text"].parse("one\r\ntwo\rthree\u2028four \n\n\n\nfive", moment())

    assert kept == Understood("one\ntwo\nthree\nfour\n\nfive")


def test_e5_a_pile_of_marks_is_cut_down() -> None:
    kept = clean("Z" + "\u0335" * 50 + "algo", 200)

    assert kept == "Z" + "\u0335" * 4 + "algo"


def test_e5_a_decomposed_umlaut_is_composed() -> None:
    assert clean("Gru\u0308\u00dfe", 20) == "Gr\u00fc\u00dfe"


@given(ANYTHING)
def test_folding_never_fails_and_leaves_no_capital(typed: str) -> None:
    folded = fold(typed)

    assert fold("Größe ÄÖÜ") == "groesse aeoeue"
    assert folded == folded.lower() or not folded.isascii()


@settings(max_examples=1000)
@given(NAMES, ANYTHING, st.sampled_from(["en", "de", "fr"]))
@example("money", "1.250,5 0", "en")
@example("number", "9" * 64, "de")
@example("date", "in 9999 weeks", "en")
@example("date", "vor 9999 jahren", "de")
@example("money", "2\u00bd\u00bd", "fr")
@example("moment", "31.31.31 31:31", "de")
def test_e5_no_text_makes_a_kind_fail(name: str, typed: str, language: str) -> None:
    kind = KINDS[name]
    answer = kind.parse(typed, moment(language))

    if isinstance(answer, Understood):
        assert kind.show(answer.value, language, "EUR") or kind.name == "text"


WORDS = """
1 2 9 12 14 24 31 48 99 2026 2027 0930 . , : / - ' % € $ k m mio tsd h uhr min
am pm um at halb viertel vor nach past to half quarter heute morgen tomorrow
next nächsten last woche week month ende end of the dezember dec mo tue
freitag so kw in ago from tagen days werktagen und bis alle none ½ ١ ２ ⭐ yes
nein usd eine a null zwei thirty
"""  # noqa: RUF001 - full-width digits are typed
GRAMMAR = st.lists(st.sampled_from(sorted(set(WORDS.split()))), max_size=7)


@settings(max_examples=1000)
@given(NAMES, GRAMMAR, st.sampled_from(["", " "]), st.sampled_from(["en", "de"]))
def test_e7_no_heap_of_known_words_makes_a_kind_fail(
    name: str, words: list[str], glue: str, language: str
) -> None:
    kind = KINDS[name]
    answer = kind.parse(glue.join(words), moment(language))

    if isinstance(answer, Understood):
        assert kind.show(answer.value, language, "EUR")
