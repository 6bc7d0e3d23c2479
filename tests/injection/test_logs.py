"""A line of the log is one event: nothing that was typed begins a line of its own."""

import json
import logging
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import logs
from tests.dialogs.lengths import EXAMPLES
from tests.injection.corpus import CORPUS, NO_TEXT

ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def record(text: str, *, failed: bool) -> logging.LogRecord:
    error = (ValueError, ValueError(text), None) if failed else None
    return logging.LogRecord("bot", logging.WARNING, __file__, 1, "it is %s", (text,), error)


def lines(formatter: logging.Formatter, text: str, *, failed: bool) -> list[str]:
    written = formatter.format(record(text, failed=failed))
    assert not ACTING.search(written), ascii(text)
    assert written.encode()
    return written.splitlines()


@pytest.mark.parametrize("failed", [False, True])
def test_i9_no_text_begins_a_line_of_the_log(failed: bool) -> None:  # noqa: FBT001 - drawn
    for text in (*CORPUS, *NO_TEXT):
        first, *rest = lines(logs.TextLines(), text, failed=failed)
        assert " WARNING bot: it is " in first
        assert all(line.startswith("    ") for line in rest)
        (only,) = lines(logs.JsonLines(), text, failed=failed)
        assert json.loads(only)["level"] == "WARNING"


@given(st.text())
@EXAMPLES
def test_i9_a_json_line_is_one_line_whatever_it_says(text: str) -> None:
    assert len(lines(logs.JsonLines(), text, failed=True)) == 1
