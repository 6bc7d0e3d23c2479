"""The environment as one frozen value. All mistakes are named at once, each with its remedy.

Knows what each setting means and which are secret; where they come from is `bot.sources`' business.
"""

import base64
import binascii
import difflib
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar, get_args
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot import sources
from dialogs.errors import BadConfiguration
from dialogs.people import Address

T = TypeVar("T")
Driver = Literal["auto", "odoorpc", "json2"]
Level = Literal["DEBUG", "INFO", "WARNING", "ERROR"]
LogFormat = Literal["text", "json"]
MASTER_BYTES = 32
MOST_SECONDS = 45
"""Between two looks at the calendar: a meeting that ended is asked about within 90 s."""
ALIKE = 0.85
"""How much a name has to resemble a setting's to be taken for its misspelling."""

SECRET: Mapping[str, str] = {
    "DEALDESK_CRM_SECRET": "the API key or password of the service account",
    "DEALDESK_DATABASE_URL": "where it names a password",
    "DEALDESK_MASTER_KEY": "opens the API keys that people gave",
    "DEALDESK_SLACK_APP_TOKEN": "opens Socket Mode",
    "DEALDESK_SLACK_BOT_TOKEN": "speaks as the bot",
    "DEALDESK_SLACK_SIGNING_SECRET": "proves that it is Slack",
    "DEALDESK_TELEGRAM_TOKEN": "speaks as the bot",
    "DEALDESK_TELEGRAM_WEBHOOK_SECRET": "proves that it is Telegram",
}
"""The settings that are secret, each with what it is to whoever has it. Declared here alone:
files, redaction, the documentation and the search for canaries go by this list."""


@dataclass(frozen=True, slots=True)
class CrmSettings:
    url: str
    database: str
    login: str
    secret: str = field(repr=False)
    driver: Literal["auto", "odoorpc", "json2"]


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    token: str = field(repr=False)
    base_url: str | None
    file_base_url: str | None
    webhook_url: str | None
    webhook_secret: str | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class SlackSettings:
    bot_token: str = field(repr=False)
    app_token: str | None = field(repr=False)
    signing_secret: str | None = field(repr=False)
    api_base_url: str | None


@dataclass(frozen=True, slots=True)
class LogSettings:
    """How this program logs."""

    level: Level = "INFO"
    """Of our own lines; the libraries' are held at WARNING."""
    format: LogFormat = "text"
    wire: bool = False
    """Log what the libraries send and get, customers' names among it; secrets stay hidden.

    The chats' own libraries are silenced by their adapters whatever this says.
    """


@dataclass(frozen=True, slots=True)
class Settings:
    """What this installation is."""

    database_url: str = field(repr=False)
    playbook: Path | None
    """None is the playbook that ships."""
    language: str
    zone: str
    host: str
    port: int
    crm: CrmSettings | None
    """None is the embedded ledger."""
    telegram: TelegramSettings | None
    slack: SlackSettings | None
    management: Address | None
    pace: int
    """Inputs of one account in ten seconds; 0: no limit."""
    data: Path
    """Folder of the files that dealdesk keeps by itself."""
    keep_days: int
    """How long texts are kept after what they were for, in days."""
    log: LogSettings = LogSettings()
    calendar_s: float = 30.0
    """Seconds between two looks at the CRM's calendar; 0: nobody is asked or told unasked."""
    public_url: str = ""
    """Where people's browsers reach the web server, without a slash at its end."""
    master_keys: tuple[bytes, ...] = field(default=(), repr=False)
    """The first seals people's own keys, all open them; none: nobody can give a key."""
    secrets: frozenset[str] = field(default=frozenset(), repr=False)
    """All that no text of ours may show."""


def environment(folder: Path | None = None) -> dict[str, str]:
    """Settings by name, from wherever they are kept (`bot.sources`).

    Raises:
        BadConfiguration: a secret's file is missing, unreadable or open to others.
    """
    return sources.gathered(SECRET.keys(), folder)


def secret_values(given: Mapping[str, str]) -> frozenset[str]:
    """Every secret among these settings, and the telling parts of those that have parts."""
    found = {value for name in SECRET for value in _parts(name, given.get(name, "").strip())}
    return frozenset(one for one in found if one)


def _parts(name: str, value: str) -> Iterator[str]:
    match name:
        case "DEALDESK_DATABASE_URL":
            password = _password(value)
            yield from (password, unquote(password))
        case "DEALDESK_MASTER_KEY":
            yield from (one.strip() for one in value.split(","))
        case "DEALDESK_TELEGRAM_TOKEN":
            yield from (value, value.partition(":")[2])
        case _:
            yield value


def _password(url: str) -> str:
    try:
        return urlsplit(url).password or ""
    except ValueError:
        return ""


class _Reader:
    """Takes values out of the environment and gathers what is wrong with them."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self._asked: set[str] = {"DEALDESK_SECRETS", "DEALDESK_KEYRING", *SECRET}
        self.complaints: list[str] = []

    def text(self, name: str) -> str | None:
        self._asked.add(f"DEALDESK_{name}")
        return self._given.get(f"DEALDESK_{name}", "").strip() or None

    def need(self, name: str, because: str) -> str:
        value = self.text(name)
        if value is None:
            self.complaints.append(f"DEALDESK_{name} is not set: {because}")
        return value or ""

    def checked(self, name: str, default: str, check: Callable[[str], T], hint: str) -> T:
        value = self.text(name) or default
        try:
            return check(value)
        except (ValueError, KeyError, ZoneInfoNotFoundError):
            shown = "not readable" if f"DEALDESK_{name}" in SECRET else repr(value)
            self.complaints.append(f"DEALDESK_{name} is {shown}: {hint}")
            return check(default)

    def knows(self, *names: str) -> None:
        """These are settings too, though nobody asks for them here."""
        self._asked.update(f"DEALDESK_{name}" for name in names)

    def misspelt(self) -> None:
        """Complain about names that are no setting's and look like one's."""
        for name in sorted(self._given.keys() - self._asked):
            meant = difflib.get_close_matches(name, sorted(self._asked), 1, ALIKE)
            if name.startswith(sources.PREFIX) and meant:
                self.complaints.append(f"{name} is no setting: did you mean {meant[0]}?")


def read_settings(given: Mapping[str, str]) -> Settings:
    """Read the settings.

    Raises:
        BadConfiguration: with a line for each mistake.
    """
    reader = _Reader(given)
    playbook = reader.text("PLAYBOOK")
    data = Path(reader.text("DATA") or "dealdesk-data")
    host, port = reader.checked("LISTEN", "127.0.0.1:8080", _listen, "write host:port")
    settings = Settings(
        database_url=reader.text("DATABASE_URL") or f"sqlite:///{data}/dealdesk.sqlite3",
        playbook=Path(playbook) if playbook else None,
        language=reader.checked("LANGUAGE", "en", _language, "write en, de, or a code such as fr"),
        zone=reader.checked(
            "TIMEZONE", "Europe/Berlin", _zone, "write a name such as Europe/Berlin"
        ),
        host=host,
        port=port,
        crm=_crm(reader),
        telegram=_telegram(reader),
        slack=_slack(reader),
        management=reader.checked(
            "MANAGEMENT_CHAT", "none", _chat, "write slack:C… or telegram:-100…"
        ),
        pace=reader.checked("PACE", "20", _count, "write a number, or 0 for no limit"),
        data=data,
        keep_days=reader.checked("KEEP_DAYS", "30", _days, "write a number of days, 1 or more"),
        log=_log(reader),
        calendar_s=reader.checked(
            "CALENDAR_SECONDS", "30", _seconds, "write a number from 1 to 45, or 0 for never"
        ),
        public_url=reader.checked(
            "PUBLIC_URL", f"http://{host}:{port}", _address, "write http:// or https:// and a name"
        ),
        master_keys=reader.checked(
            "MASTER_KEY", "", _master_keys,
            "write keys of 32 bytes in base64, with commas between; `openssl rand -base64 32` "
            "makes one",
        ),
        secrets=secret_values(given),
    )  # fmt: skip
    reader.misspelt()
    if reader.complaints:
        raise BadConfiguration("\n".join(reader.complaints))
    return settings


def log_settings(given: Mapping[str, str]) -> LogSettings:
    """How to log, as far as these settings can be read; mistakes are `read_settings`' to name."""
    return _log(_Reader(given))


def _log(reader: _Reader) -> LogSettings:
    return LogSettings(
        reader.checked("LOG_LEVEL", "INFO", _word(Level), f"write {', '.join(get_args(Level))}"),
        reader.checked("LOG_FORMAT", "text", _word(LogFormat), "write text or json"),
        reader.checked("LOG_WIRE", "no", _yes, "write yes or no"),
    )


def _crm(reader: _Reader) -> CrmSettings | None:
    url = reader.text("CRM_URL")
    reader.knows("CRM_DATABASE", "CRM_LOGIN", "CRM_DRIVER")
    if url is None:
        return None
    because = "it is needed because DEALDESK_CRM_URL is set"
    return CrmSettings(
        url=url.rstrip("/"),
        database=reader.need("CRM_DATABASE", because),
        login=reader.need("CRM_LOGIN", because),
        secret=reader.need("CRM_SECRET", f"{because}; it is a password or an API key"),
        driver=reader.checked("CRM_DRIVER", "auto", _word(Driver), "write auto, odoorpc or json2"),
    )


def _telegram(reader: _Reader) -> TelegramSettings | None:
    token = reader.text("TELEGRAM_TOKEN")
    reader.knows("TELEGRAM_WEBHOOK_URL", "TELEGRAM_BASE_URL", "TELEGRAM_FILE_BASE_URL")
    if token is None:
        return None
    webhook = reader.text("TELEGRAM_WEBHOOK_URL")
    if webhook:
        reader.need(
            "TELEGRAM_WEBHOOK_SECRET", "a webhook without a secret can be called by anybody"
        )
    return TelegramSettings(
        token=token,
        base_url=reader.text("TELEGRAM_BASE_URL"),
        file_base_url=reader.text("TELEGRAM_FILE_BASE_URL"),
        webhook_url=webhook,
        webhook_secret=reader.text("TELEGRAM_WEBHOOK_SECRET"),
    )


def _slack(reader: _Reader) -> SlackSettings | None:
    token = reader.text("SLACK_BOT_TOKEN")
    reader.knows("SLACK_API_BASE_URL")
    if token is None:
        return None
    slack = SlackSettings(
        bot_token=token,
        app_token=reader.text("SLACK_APP_TOKEN"),
        signing_secret=reader.text("SLACK_SIGNING_SECRET"),
        api_base_url=reader.text("SLACK_API_BASE_URL"),
    )
    if slack.app_token is None and slack.signing_secret is None:
        reader.complaints.append(
            "DEALDESK_SLACK_APP_TOKEN is not set: give it for Socket Mode, or "
            "DEALDESK_SLACK_SIGNING_SECRET for HTTP"
        )
    return slack


def _listen(value: str) -> tuple[str, int]:
    host, _, port = value.rpartition(":")
    if not host:
        raise ValueError(value)
    return host, int(port)


def _days(value: str) -> int:
    days = int(value)
    if days < 1:
        raise ValueError(value)
    return days


def _seconds(value: str) -> float:
    seconds = float(value)
    if seconds and not 1 <= seconds <= MOST_SECONDS:
        raise ValueError(value)
    return seconds


def _count(value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise ValueError(value)
    return int(value)


def _language(value: str) -> str:
    """A code; that the playbook speaks it is seen to where both are known."""
    if not re.fullmatch(r"[a-z]{2,3}(_[A-Z]{2})?", value):
        raise ValueError(value)
    return value


def _one_of(*words: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in words:
            raise ValueError(value)
        return value

    return check


def _word(words: Any) -> Callable[[str], Any]:
    """Take one of the words of a Literal."""
    return _one_of(*get_args(words))


def _yes(value: str) -> bool:
    return {"yes": True, "1": True, "no": False, "0": False}[value.casefold()]


def _address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.netloc:
        raise ValueError(value)
    return value.rstrip("/")


def _master_keys(value: str) -> tuple[bytes, ...]:
    return tuple(_master_key(one.strip()) for one in value.split(",") if one.strip())


def _master_key(text: str) -> bytes:
    try:
        key = base64.b64decode(text.replace("-", "+").replace("_", "/"), validate=True)
    except binascii.Error:
        raise ValueError("a master key") from None
    if len(key) != MASTER_BYTES:
        raise ValueError("a master key")
    return key


def _zone(value: str) -> str:
    return ZoneInfo(value).key


def _chat(value: str) -> Address | None:
    if value == "none":
        return None
    channel, _, chat = value.partition(":")
    if channel not in {"slack", "telegram", "web"} or not chat:
        raise ValueError(value)
    return Address(channel, "", chat, shared=True)
