"""E-mail addresses and phone numbers are understood as people write them, or refused."""

import pytest

from dialogs.answers import Moment, Refusal, Understood, kind_from
from tests.transcripts.clock import START

NOW = Moment(START, "en")
EMAIL, PHONE = kind_from("email", {}), kind_from("phone", {})


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("anna.lee@example.com", "anna.lee@example.com"),
        (" Anna@Example.COM. ", "Anna@example.com"),
        ("Anna Lee <anna@example.com>", "anna@example.com"),
        ("<mailto:anna@example.com|anna@example.com>", "anna@example.com"),
        ("mailto:anna@example.com", "anna@example.com"),
        ("o'neill+fair@müller.example", "o'neill+fair@müller.example"),
    ],
)
def test_an_address_is_kept(typed: str, kept: str) -> None:
    assert EMAIL.parse(typed, NOW) == Understood(kept)


@pytest.mark.parametrize(
    "typed",
    [
        "anna", "anna@", "@example.com", "anna@example", "a b@example.com", "a@b@example.com",
        ".anna@example.com", "an..na@example.com", "anna@-example.com", "anna@example..com",
        "anna@example.com, bob@example.com", f"{'a' * 65}@example.com", "anna@exam_ple.com",
        "<anna@example.com> <bob@example.com>",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused(typed: str) -> None:
    assert EMAIL.parse(typed, NOW) == Refusal("not_an_email")


@pytest.mark.parametrize(
    "typed",
    ["+49 351 1234567", "0351/123 45-67", "(0351) 123456", "tel:+4935112345", "12345 ext 12"],
)
def test_a_number_is_kept_as_written(typed: str) -> None:
    assert PHONE.parse(typed, NOW) == Understood(typed.removeprefix("tel:"))


@pytest.mark.parametrize("typed", ["1234", "call me", "++4912345", "1" * 16, "12345a", "٣٤٥٦٧٨"])
def test_what_is_no_number_is_refused(typed: str) -> None:
    assert PHONE.parse(typed, NOW) == Refusal("not_a_phone")
