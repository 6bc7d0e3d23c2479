"""What stands in a button comes back as it was put in, and anything else is nothing."""

from hypothesis import given
from hypothesis import strategies as st

from dialogs import tokens
from dialogs.tokens import CardToken, FreeToken, ScreenToken

WORDS = st.text("abcdefghijklmnopqrstuvwxyz0123456789_", min_size=1, max_size=10)
PERSON, ULID, FORM = "p" * 10, "u" * 26, "f" * 16
"""The longest of each that a token has to hold."""


@given(WORDS, st.integers(0, 10**9), WORDS, st.integers(0, 999))
def test_a_screens_button_is_read_as_it_was_written(
    owner: str, number: int, code: str, index: int
) -> None:
    written = tokens.screen(owner, number, code, index)
    assert tokens.read(written) == ScreenToken(owner, number, code, index)


@given(WORDS, WORDS, st.lists(WORDS, max_size=2))
def test_a_free_button_is_read_as_it_was_written(owner: str, code: str, args: list[str]) -> None:
    assert tokens.read(tokens.free(owner, code, *args)) == FreeToken(owner, code, tuple(args))


@given(WORDS, st.sampled_from(["approved", "rejected"]), WORDS)
def test_a_cards_button_is_read_as_it_was_written(approval: str, verdict: str, mark: str) -> None:
    written = tokens.card(approval, verdict, mark)
    assert tokens.read(written) == CardToken(approval, verdict, mark)


@given(st.text(max_size=100))
def test_what_we_never_made_is_read_without_an_error(text: str) -> None:
    read = tokens.read(text)
    assert read is None or text.count(".") >= 2


def test_what_is_longer_than_a_button_holds_is_nothing() -> None:
    assert tokens.read(f"sam.-.start.{'x' * 64}") is None


def test_the_longest_of_each_fits_into_a_button() -> None:
    longest = (
        tokens.screen(PERSON, 10**9, "confirm", 99),
        tokens.free(PERSON, "start", FORM, ULID),
        tokens.free(PERSON, "resume", ULID),
        tokens.free(PERSON, "word", "pending"),
        tokens.card(ULID, "approved", "m" * 12),
    )
    for token in longest:
        assert len(token.encode()) <= tokens.LIMIT
        assert tokens.read(token) is not None
