"""No text that leaves the adapter holds the token, however it was written."""

import pytest
from telegram.error import NetworkError, TelegramError

from adapters.telegram.api import Wire
from adapters.telegram.faults import fault, told
from dialogs.errors import ChatUnavailable

TOKEN = "123:AAE-secret_part"


@pytest.mark.parametrize(
    "text",
    [
        f"https://api.telegram.org/bot{TOKEN}/sendMessage failed",
        "https://api.telegram.org/bot123%3AAAE-secret_part/sendMessage failed",
        "only AAE-secret_part of it",
        "Bad Request: no 123:AAE-secret_part here",
        f"<html>\n{'long ' * 500}{TOKEN}</html>",
    ],
)
def test_the_token_is_taken_out(text: str):
    error = fault(NetworkError(text), TOKEN)
    assert isinstance(error, ChatUnavailable)
    assert "secret_part" not in str(error).casefold()
    assert "\n" not in str(error)
    assert len(str(error)) < 300


def test_an_error_without_words_is_told_by_its_name():
    assert told(ValueError(), TOKEN) == "ValueError"


@pytest.mark.parametrize("payload", [b"<html>private</html>", b"[1]", b"\xff"])
def test_an_answer_that_can_not_be_read_is_not_repeated(
    payload: bytes, caplog: pytest.LogCaptureFixture
):
    with pytest.raises(TelegramError, match="can't be read"):
        Wire.parse_json_payload(payload)
    assert caplog.text == ""
