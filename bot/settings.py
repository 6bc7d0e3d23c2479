"""The environment as one frozen value. All mistakes are named at once, each with its remedy.

Reads variables, a `.env` file and a folder of secret files; opens nothing else.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar, get_args
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from dialogs.errors import BadConfiguration
from dialogs.people import Address

T = TypeVar("T")
SECRETS = Path("/run/secrets")
Driver = Literal["auto", "odoorpc", "json2"]


@dataclass(frozen=True, slots=True)
class CrmSettings:
    url: str
    database: str
    login: str
    secret: str
    driver: Literal["auto", "odoorpc", "json2"]


@dataclass(frozen=True, slots=True)
class TelegramSettings:
    token: str
    base_url: str | None
    file_base_url: str | None
    webhook_url: str | None
    webhook_secret: str | None


@dataclass(frozen=True, slots=True)
class SlackSettings:
    bot_token: str
    app_token: str | None
    signing_secret: str | None
    api_base_url: str | None


@dataclass(frozen=True, slots=True)
class Settings:
    """What this installation is."""

    database_url: str
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


def environment(folder: Path | None = None) -> dict[str, str]:
    """Variables of the process over those of `.env`, over files of the secrets folder."""
    folder = folder or Path(os.environ.get("DEALDESK_SECRETS", SECRETS))
    given = _secret_files(folder) | _dotenv(Path(".env"))
    return given | {key: value for key, value in os.environ.items() if key.startswith("DEALDESK_")}


def _secret_files(folder: Path) -> dict[str, str]:
    if not folder.is_dir():
        return {}
    files = (path for path in folder.iterdir() if path.name.upper().startswith("DEALDESK_"))
    return {path.name.upper(): path.read_text().strip() for path in files if path.is_file()}


def _dotenv(path: Path) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in path.read_text().splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    return {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}


class _Reader:
    """Takes values out of the environment and gathers what is wrong with them."""

    def __init__(self, given: Mapping[str, str]) -> None:
        self._given = given
        self.complaints: list[str] = []

    def text(self, name: str) -> str | None:
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
        except (ValueError, ZoneInfoNotFoundError):
            self.complaints.append(f"DEALDESK_{name} is {value!r}: {hint}")
            return check(default)


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
        language=reader.checked("LANGUAGE", "en", _one_of("en", "de"), "write en or de"),
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
    )
    if reader.complaints:
        raise BadConfiguration("\n".join(reader.complaints))
    return settings


def _crm(reader: _Reader) -> CrmSettings | None:
    url = reader.text("CRM_URL")
    if url is None:
        return None
    because = "it is needed because DEALDESK_CRM_URL is set"
    return CrmSettings(
        url=url.rstrip("/"),
        database=reader.need("CRM_DATABASE", because),
        login=reader.need("CRM_LOGIN", because),
        secret=reader.need("CRM_SECRET", f"{because}; it is a password or an API key"),
        driver=reader.checked("CRM_DRIVER", "auto", _driver, "write auto, odoorpc or json2"),
    )


def _telegram(reader: _Reader) -> TelegramSettings | None:
    token = reader.text("TELEGRAM_TOKEN")
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


def _count(value: str) -> int:
    if not (value.isascii() and value.isdecimal()):
        raise ValueError(value)
    return int(value)


def _one_of(*words: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in words:
            raise ValueError(value)
        return value

    return check


def _driver(value: str) -> Driver:
    for known in get_args(Driver):
        if value == known:
            driver: Driver = known
            return driver
    raise ValueError(value)


def _zone(value: str) -> str:
    return ZoneInfo(value).key


def _chat(value: str) -> Address | None:
    if value == "none":
        return None
    channel, _, chat = value.partition(":")
    if channel not in {"slack", "telegram", "web"} or not chat:
        raise ValueError(value)
    return Address(channel, "", chat, shared=True)
