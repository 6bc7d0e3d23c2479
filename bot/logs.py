"""Logs and crash output: one line an event, no secret, no line break from outside.

Ours are as talkative as they are told to be. The libraries' are held at WARNING whatever ours are:
at DEBUG they write tokens, passwords and what customers are called.
"""

import faulthandler
import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Iterator
from datetime import UTC, datetime
from types import TracebackType
from typing import TextIO

from bot.redaction import hide
from bot.settings import LogSettings
from dialogs.errors import DealdeskError

log = logging.getLogger(__name__)

OURS = ("adapters", "bot", "dialogs")
LEAKING = (
    "aiohttp", "aiohttp.access", "alembic", "asyncio", "httpcore", "httpx", "odoorpc",
    "odoorpc.rpc.jsonrpclib", "slack_bolt", "slack_sdk", "sqlalchemy", "telegram", "transitions",
    "uvicorn", "uvicorn.access", "uvicorn.error", "websockets",
)  # fmt: skip
SAYING = (DealdeskError, OSError, ImportError)
"""Errors whose message says what to do. Any other's may quote what somebody typed."""
WITHHELD = "its message is withheld, for it can quote what somebody typed"
INDENT = "\n    "
_BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
Error = tuple[type[BaseException], BaseException, TracebackType | None]


def set_up(settings: LogSettings) -> None:
    """Let this process log so; a second time takes the place of the first."""
    root = logging.getLogger()
    for handler in [one for one in root.handlers if isinstance(one, _Console)]:
        root.removeHandler(handler)
    root.addHandler(_Console(_lines(settings)))
    root.setLevel(logging.WARNING)
    for name in OURS:
        logging.getLogger(name).setLevel(settings.level)
    for name in LEAKING:
        logging.getLogger(name).setLevel(logging.DEBUG if settings.wire else logging.WARNING)


def catch_crashes() -> None:
    """What ends the program or one of its threads is a log line too, and says no secret.

    An event loop's own handler logs already; a fault in C shows names of functions alone.
    """
    sys.excepthook = _crashed
    threading.excepthook = lambda dead: _died(dead.exc_value)
    sys.unraisablehook = lambda dead: _died(dead.exc_value)
    if sys.stderr is sys.__stderr__ and sys.stderr is not None:
        faulthandler.enable()


def _crashed(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    log.critical("the program ends; please report it", exc_info=(kind, error, trace))


def _died(error: BaseException | None) -> None:
    log.error("something died beside the program's own course; please report it", exc_info=error)


class _Console(logging.StreamHandler[TextIO]):
    """Writes to what standard error is at the time."""

    def __init__(self, formatter: logging.Formatter) -> None:
        logging.Handler.__init__(self)
        self.setFormatter(formatter)

    @property
    def stream(self) -> TextIO:  # type: ignore[override] # StreamHandler keeps the one it began with
        return sys.stderr

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Say where the faulty line is, and nothing of its arguments, unlike logging's own."""
        self.stream.write(f"a log line can't be written: {record.pathname}:{record.lineno}\n")


def _lines(settings: LogSettings) -> logging.Formatter:
    kind = JsonLines if settings.format == "json" else TextLines
    return kind(frank=settings.wire)


class TextLines(logging.Formatter):
    """`2026-11-21T09:30:00.125Z WARNING bot.core: …`; what follows of an error is indented."""

    def __init__(self, *, frank: bool = False) -> None:
        """`frank` lines show every error's message."""
        super().__init__()
        self._frank = frank

    def format(self, record: logging.LogRecord) -> str:
        head = f"{_when(record)} {record.levelname} {record.name}: {inline(record.getMessage())}"
        return INDENT.join([head, *told(record.exc_info, frank=self._frank)])


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def __init__(self, *, frank: bool = False) -> None:
        """`frank` lines show every error's message."""
        super().__init__()
        self._frank = frank

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": _when(record),
            "level": record.levelname,
            "logger": record.name,
            "message": hide(record.getMessage()),
        }
        error = list(told(record.exc_info, frank=self._frank))
        return json.dumps(line | ({"error": error} if error else {}))


def _when(record: logging.LogRecord) -> str:
    moment = datetime.fromtimestamp(record.created, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03d}Z"


def inline(text: str) -> str:
    """The text without its secrets, on one line; control characters are written out."""
    return _BREAKS.sub(lambda one: ascii(one[0])[1:-1], hide(text))


def told(error: object, *, frank: bool) -> Iterator[str]:
    """The lines of an error with those that led to it, the first one first."""
    if not isinstance(error, tuple) or error[1] is None:
        return
    for one in reversed(list(_chain(error[1]))):
        for frame in traceback.extract_tb(one.__traceback__):
            yield inline(f"{frame.filename}:{frame.lineno} {frame.name}: {frame.line}")
        yield inline(_named(one, frank=frank))


def _chain(error: BaseException) -> Iterator[BaseException]:
    seen: list[BaseException] = []
    current: BaseException | None = error
    while current is not None and current not in seen:
        seen.append(current)
        yield current
        hidden = None if current.__suppress_context__ else current.__context__
        current = current.__cause__ or hidden


def _named(error: BaseException, *, frank: bool) -> str:
    shown = str(error) if frank or isinstance(error, SAYING) else WITHHELD
    return f"{type(error).__qualname__}: {shown}"
