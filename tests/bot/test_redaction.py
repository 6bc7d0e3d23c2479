"""No log line, trace or crash shows a secret, in whatever form a text carries it."""

import base64
import json
import logging
import subprocess
import sys
from urllib.parse import quote, quote_plus

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import LEAKING, WITHHELD, JsonLines, TextLines, inline, set_up, told
from bot.redaction import HIDDEN, Redactor, hide
from bot.settings import LogSettings
from dialogs.errors import CrmRefused
from tests.rig.places import REPOSITORY

SECRETS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=6)
AROUND = st.text(st.characters(codec="ascii"), max_size=7)


def spelt(secret):
    """The forms a text may carry it in, written by what writes them."""
    yield secret
    yield f"bot{secret}/getMe"
    yield quote(secret, safe="")
    yield quote_plus(secret)
    yield json.dumps({"key": secret})
    yield repr({"key": secret})
    yield repr(ValueError(secret))
    yield secret.encode().hex()


@given(secret=SECRETS)
def test_i1_a_secret_is_hidden_however_it_is_spelt(secret):
    redact = Redactor()
    redact.learn([secret])
    for text in spelt(secret):
        assert HIDDEN in redact(text), text
        assert secret not in redact(text)


@given(secret=st.text(st.characters(codec="ascii"), min_size=12), before=AROUND, after=AROUND)
def test_i1_base64_of_a_secret_is_hidden_whatever_stands_around_it(secret, before, after):
    redact = Redactor()
    redact.learn([secret])
    raw = f"{before}{secret}{after}".encode()
    for text in (base64.b64encode(raw).decode(), base64.urlsafe_b64encode(raw).decode()):
        assert HIDDEN in redact(f"Authorization: Basic {text}")


def test_what_is_no_secret_is_left_alone_and_short_words_are_no_secrets():
    redact = Redactor()
    assert redact("as it is") == "as it is"
    redact.learn(["", "abc"])
    assert redact("abc as it is") == "abc as it is"


def line(formatter, message, *args, error=None):
    info = (type(error), error, error.__traceback__) if error else None
    record = logging.LogRecord("bot.x", logging.INFO, "x.py", 1, message, args, info)
    return formatter.format(record)


@pytest.fixture
def canary():
    hide.learn(["canary-0815"])
    return "canary-0815"


@pytest.mark.parametrize("formatter", [TextLines(), JsonLines()])
def test_i1_errors_their_causes_and_their_arguments_show_no_secret(formatter, canary):
    error = CrmRefused(f"with {canary!r}")
    error.__cause__ = OSError(f"https://api/bot{canary}/getMe")
    text = line(formatter, "failed for %s", {"key": canary}, error=error)
    assert canary not in text
    assert text.count(HIDDEN) >= 3
    assert "CrmRefused" in text
    assert "OSError" in text


@given(text=st.text())
def test_i9_whatever_is_logged_is_one_line(text):
    assert len(line(TextLines(), "%s", text).splitlines()) == 1
    shown = line(JsonLines(), "%s", text)
    assert len(shown.splitlines()) == 1
    assert json.loads(shown)["logger"] == "bot.x"


def test_i9_a_forged_line_in_an_error_is_indented_below_its_own():
    forged = CrmRefused("no\n2026-11-21T00:00:00.000Z INFO bot: all is well")
    lines = line(TextLines(), "refused", error=forged).split("\n")
    assert [one[:4] for one in lines[1:]] == ["    "] * (len(lines) - 1)
    assert inline("a\r\nb\x1b[31m") == "a\\r\\nb\\x1b[31m"


def test_an_errors_message_that_can_quote_a_customer_is_withheld():
    error = ValueError("Müller GmbH is no date")
    info = (ValueError, error, None)
    assert list(told(info, frank=False)) == [f"ValueError: {WITHHELD}"]
    assert list(told(info, frank=True)) == ["ValueError: Müller GmbH is no date"]


@pytest.fixture
def loggers():
    """Logging as it was, afterwards."""
    names = ["", "bot", "adapters", "dialogs", *LEAKING]
    levels = {name: logging.getLogger(name).level for name in names}
    handlers = list(logging.getLogger().handlers)
    yield
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)
    logging.getLogger().handlers[:] = handlers


def test_i1_the_libraries_stay_silent_when_we_are_at_debug(loggers):
    set_up(LogSettings("DEBUG"))
    assert logging.getLogger("bot.turns").isEnabledFor(logging.DEBUG)
    for name in (*LEAKING, "httpcore.http11", "telegram.ext", "slack_sdk.web", "unheard.of"):
        assert not logging.getLogger(name).isEnabledFor(logging.INFO), name
    set_up(LogSettings("INFO", wire=True))
    assert logging.getLogger("httpx").isEnabledFor(logging.DEBUG)
    assert not logging.getLogger("bot.turns").isEnabledFor(logging.DEBUG)


CRASHES = """
import asyncio, sys, threading
from bot.logs import catch_crashes, set_up
from bot.redaction import hide
from bot.settings import LogSettings
set_up(LogSettings(format=sys.argv[2]))
catch_crashes()
secret = sys.stdin.read()
hide.learn([secret])
class Broken:
    def __del__(self):
        raise OSError(secret)
async def forgotten():
    async def dies():
        raise OSError(secret)
    task = asyncio.create_task(dies())
    await asyncio.sleep(0)
    asyncio.get_running_loop().call_soon(lambda: 1 / len(secret[:0]))
    await asyncio.sleep(0.01)
match sys.argv[1]:
    case "main": raise OSError(f"no entry with {secret}")
    case "thread": threading.Thread(target=lambda: open(f"/no/{secret}")).start()
    case "del": Broken()
    case "task": asyncio.run(forgotten())
    case "argument": import logging; logging.getLogger("bot").error("%d", secret)
"""


@pytest.mark.parametrize("layout", ["text", "json"])
@pytest.mark.parametrize("how", ["main", "thread", "del", "task", "argument"])
def test_i1_a_crash_shows_where_and_no_secret(how, layout, canary):
    done = subprocess.run(
        [sys.executable, "-c", CRASHES, how, layout],
        input=canary, capture_output=True, text=True, check=False, cwd=REPOSITORY,
    )  # fmt: skip
    assert canary not in done.stderr + done.stdout
    assert ("OSError" in done.stderr or "NotFound" in done.stderr) == (how != "argument")
    if layout == "json" and how != "argument":
        assert all(json.loads(one)["level"] for one in done.stderr.splitlines())
