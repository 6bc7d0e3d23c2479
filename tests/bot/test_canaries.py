"""The whole program with known secrets, at DEBUG, on all channels and with a real Odoo.

Whatever it writes, keeps, serves and sends is searched: for secrets everywhere, for what customers
are called in the logs. That the search finds something is shown by a program that hides nothing.
"""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from bot.settings import SECRET
from tests.bot.canaries import Hit, files, forms, hits, joined, random_key, random_master_key
from tests.rig.odoo import OdooServer
from tests.rig.places import REPOSITORY
from tests.rig.processes import Program, Workshop, free_port
from tests.standins.slack import SlackStandin
from tests.standins.telegram import TelegramStandin
from tests.standins.telegram.refusals import Refusal
from tests.transcripts.odoo_company import Company
from tests.transcripts.player_web import WebPerson

CUSTOMER, FEARED = "Zyqaxwort Werke", "Wuxolqim nebbich"
"""A customer's name and what was said of them: in the CRM and the chats, never in a log."""
LEAK = """
import base64, logging, os
import bot.running
calm = bot.running.calm_collector
def leaking():
    for name in ("DEALDESK_TELEGRAM_TOKEN", "DEALDESK_CRM_SECRET"):
        secret = os.environ[name]
        coded = base64.b64encode(f"key:{secret}".encode()).decode()
        logging.getLogger("bot").warning("leaks %s and %s", {name: secret}, coded)
    calm()
bot.running.calm_collector = leaking
"""
SABOTAGE = """
import bot.redaction
bot.redaction.Redactor.__call__ = lambda self, text: text
"""
TRACES = (b"Traceback (most", b'File "/', b"odoo.exceptions", b"psycopg2", b'"debug"')
PATIENCE = 40.0
pytestmark = pytest.mark.timeout(600)  # a real Odoo is set up first


@dataclass
class Trial:
    """One installation whose every secret is a canary; what was seen of it gathers in `places`."""

    workshop: Workshop
    telegram: TelegramStandin
    slack: SlackStandin
    odoo: OdooServer
    data: Path
    canaries: dict[str, str]
    places: dict[str, bytes] = field(default_factory=dict)
    starts: int = 0

    def environment(self, port: int, **more: str) -> dict[str, str]:
        return {
            "DEALDESK_DATA": str(self.data),
            "DEALDESK_DATABASE_URL": f"sqlite:///{self.data}/dealdesk.sqlite3",
            "DEALDESK_LISTEN": f"127.0.0.1:{port}",
            "DEALDESK_LOG_LEVEL": "DEBUG",
            "DEALDESK_MASTER_KEY": self.canaries["master key"],
            "DEALDESK_CRM_URL": self.odoo.url,
            "DEALDESK_CRM_DATABASE": self.odoo.database,
            "DEALDESK_CRM_LOGIN": self.odoo.service.login,
            "DEALDESK_CRM_SECRET": self.canaries["CRM"],
            "DEALDESK_TELEGRAM_TOKEN": self.telegram.token,
            "DEALDESK_TELEGRAM_BASE_URL": self.telegram.url,
            "DEALDESK_TELEGRAM_WEBHOOK_SECRET": self.canaries["webhook"],
            "DEALDESK_SLACK_BOT_TOKEN": self.slack.tokens.bot,
            "DEALDESK_SLACK_APP_TOKEN": self.slack.tokens.app_level,
            "DEALDESK_SLACK_SIGNING_SECRET": self.slack.signing_secret,
            "DEALDESK_SLACK_API_BASE_URL": self.slack.api_url,
            "PYTHONPATH": str(REPOSITORY),
            **more,
        }

    @asynccontextmanager
    async def running(self, *, crash: bool = False, **more: str) -> AsyncIterator[str]:
        """The program for the length of the block; afterwards all that it left is gathered."""
        port = free_port()
        url, environment = f"http://127.0.0.1:{port}", self.environment(port, **more)
        python = [sys.executable, "-m", "bot"]
        program = Program(
            self.workshop, [*python, "run"], answers=lambda: _answers(url), environment=environment
        )
        await asyncio.to_thread(program.start)
        self.starts += 1
        yield url
        await asyncio.to_thread(self._look, url, [*python, "check"], environment)
        await asyncio.to_thread(_crash if crash else Program.stop, program)
        self._keep("log", program.log.read_bytes())
        self._gather()

    def _look(self, url: str, check: list[str], environment: Mapping[str, str]) -> None:
        for path in ("healthz", "readyz", "metrics", "chat", "key/guessed"):
            self._keep(path, httpx.get(f"{url}/{path}", trust_env=False).content)
        own = {**os.environ, **environment}
        done = subprocess.run(check, env=own, capture_output=True, check=False)
        self._keep("check", done.stdout + done.stderr)
        self._gather()

    def _gather(self) -> None:
        for where, held in files(self.data).items():
            self._keep(f"file {where}", held)
        self._keep("outbound Telegram", joined(one.parameters for one in self.telegram.calls))
        self._keep("outbound Slack", joined(self.slack.calls))

    def _keep(self, where: str, held: bytes) -> None:
        self.places[f"{self.starts} {where} {len(self.places)}"] = held

    def found(self) -> list[Hit]:
        return hits(self.places, self.canaries)

    def in_logs(self, text: str) -> list[str]:
        logs = {where: held for where, held in self.places.items() if " log " in where}
        assert logs
        return [where for where, held in logs.items() if text.encode() in held]


def _crash(program: Program) -> None:
    """As a fault in C does, and long enough for what it says to be said."""
    os.kill(program.pid, signal.SIGABRT)
    assert program._process is not None
    program._process.wait(PATIENCE)
    program.stop()


def _answers(url: str) -> bool:
    try:
        return httpx.get(f"{url}/healthz", trust_env=False).is_success
    except httpx.TransportError:
        return False


@pytest.fixture
async def trial(company: Company, tmp_path: Path) -> AsyncIterator[Trial]:
    slack, odoo = SlackStandin(), company.odoo
    canaries = {
        "telegram": f"4711:{random_key()[:35]}",
        "webhook": random_key(),
        "slack bot": f"xoxb-{random_key()}",
        "slack app": f"xapp-1-{random_key()}",
        "slack signing": random_key()[:32],
        "CRM": odoo.service.api_key,
        "wrong CRM": random_key(),
        "master key": random_master_key(),
        "own key": odoo.sales.api_key,
        "typed key": random_key(),
    }
    slack.tokens.bot, slack.tokens.app_level = canaries["slack bot"], canaries["slack app"]
    slack.signing_secret = canaries["slack signing"]
    with Workshop() as workshop:
        async with TelegramStandin(token=canaries["telegram"]) as telegram, slack.running():
            trial = Trial(workshop, telegram, slack, odoo, tmp_path / "data", canaries)
            await asyncio.to_thread(_link, trial)
            yield trial


def _link(trial: Trial) -> None:
    """Sam on all three chats, as the administrator links him."""
    add = ["people", "add", "--name", "Sam", "--role", "sales", "--telegram", "101"]
    accounts = ["--slack", "T1:USAM", "--odoo-login", trial.odoo.sales.login, "--web"]
    done = subprocess.run(
        [sys.executable, "-m", "bot", *add, *accounts],
        env={**os.environ, **trial.environment(1)}, capture_output=True, text=True, check=True,
    )  # fmt: skip
    trial.canaries["web"] = done.stdout.rpartition("#")[2].strip()


async def on_the_phone(trial: Trial, *, saved: str, known: bool = True) -> None:
    """A record in Telegram, to the end; with `known` False the CRM answers no search."""
    phone = trial.telegram.person(101, "Sam", "en", started=True)
    await phone.says("record")
    await phone.hears("Which customer did you meet?", timeout=PATIENCE)
    await phone.says(CUSTOMER)
    if known:
        await phone.hears(CUSTOMER, timeout=PATIENCE)
        await phone.presses(f"New customer “{CUSTOMER}”")
    await phone.hears("Did the appointment take place?", timeout=PATIENCE)
    await phone.presses("No")
    await phone.hears("Why not?", timeout=PATIENCE)
    for line in (FEARED, "skip", "skip"):
        await phone.says(line)
    await phone.hears("Is everything right?", timeout=PATIENCE)
    await phone.presses("Save")
    await phone.hears(saved, timeout=PATIENCE)


def _sent(trial: Trial) -> int:
    return len([one for one in trial.telegram.calls if one.method == "sendMessage"])


def _links(page: WebPerson) -> list[str]:
    shown = [frame["show"].get("link") for frame in page._shown()]
    return [link["url"] for link in shown if link and "/key/" in link["url"]]


async def on_the_web(trial: Trial, url: str) -> None:
    """Sam gives his key on the page that is shown in the web chat, and types another one."""
    page = WebPerson(trial.canaries["web"])
    await page.opens(url)
    await page.types("key")
    async with asyncio.timeout(PATIENCE):
        while not (links := _links(page)):
            await page.catches_up()
    async with httpx.AsyncClient(trust_env=False, timeout=PATIENCE) as browser:
        for key in (trial.canaries["wrong CRM"], trial.canaries["own key"]):
            answer = await browser.post(links[-1], data={"key": key})
            trial.places[f"page {len(trial.places)}"] = answer.content
    assert answer.status_code == 200
    await page.types(f"my key is {trial.canaries['typed key']}")
    await page.leave()


async def at_the_desk(trial: Trial) -> None:
    """Sam begins in Slack, where a token is revoked for a moment."""
    desk = trial.slack.person("USAM", "Sam")
    await desk.says(FEARED)
    await desk.hears("I don't know what to do with that.", timeout=PATIENCE)
    await desk.says(trial.canaries["typed key"])
    await desk.hears("I did not keep it.", timeout=PATIENCE)
    trial.slack.fail("chat.postMessage", "invalid_auth")
    await desk.says("help")


async def test_i1_i2_no_secret_no_customer_and_no_trace_comes_out_of_the_program(
    trial: Trial,
) -> None:
    async with trial.running() as url:
        await on_the_web(trial, url)
        await at_the_desk(trial)
        await on_the_phone(trial, saved="in the CRM")
        trial.telegram.fail("sendMessage", Refusal(401, "Unauthorized"))
        await trial.telegram.person(102, "Zoe", "en", started=True).says(FEARED)
        await trial.telegram.called("sendMessage", 1 + _sent(trial), timeout=PATIENCE)
    without_rights = {
        "DEALDESK_CRM_LOGIN": trial.odoo.employee.login,
        "DEALDESK_CRM_SECRET": trial.odoo.employee.api_key,
        "DEALDESK_LOG_FORMAT": "json",
        "DEALDESK_MASTER_KEY": trial.canaries["master key"],
    }
    trial.canaries["employee"] = trial.odoo.employee.api_key
    async with trial.running(**without_rights):
        await on_the_phone(trial, saved=CUSTOMER, known=False)
    async with trial.running(DEALDESK_CRM_SECRET=trial.canaries["wrong CRM"]):
        await on_the_phone(trial, saved="kept safely", known=False)
    nowhere = f"http://127.0.0.1:{free_port()}"
    async with trial.running(crash=True, DEALDESK_CRM_URL=nowhere, DEALDESK_LOG_WIRE="yes"):
        await on_the_phone(trial, saved=CUSTOMER, known=False)
    crashed = trial.in_logs("Fatal Python error")
    assert len(crashed) == 1
    assert trial.found() == []
    quiet = [where for where in trial.in_logs(CUSTOMER) if where not in crashed]
    assert quiet + [where for where in trial.in_logs(FEARED) if where not in crashed] == []
    outbound = {where: held for where, held in trial.places.items() if "outbound" in where}
    for trace in TRACES:
        assert [where for where, held in outbound.items() if trace in held] == []


@pytest.mark.parametrize(
    ("planted", "found"),
    [(LEAK, set()), (LEAK + SABOTAGE, {"telegram", "CRM"})],
    ids=["hides", "sabotaged"],
)
async def test_i1_a_planted_leak_is_hidden_and_found_where_nothing_is_hidden(
    planted: str, found: set[str], trial: Trial, tmp_path: Path
) -> None:
    leaking = tmp_path / "leaking"
    leaking.mkdir()
    leaking.joinpath("sitecustomize.py").write_text(planted)
    async with trial.running(PYTHONPATH=f"{leaking}{os.pathsep}{REPOSITORY}"):
        await trial.telegram.called("getUpdates", 1, timeout=PATIENCE)
    assert len(trial.in_logs("leaks ")) == 1
    assert {hit.secret for hit in trial.found() if " log " in hit.where} == found


@pytest.fixture
def planted() -> dict[str, str]:
    return {"planted": "a-canary-of-32-letters-and-digits"}


@pytest.mark.parametrize("before", ["", "u", "us", "use"])
def test_i1_the_search_finds_every_form_of_a_planted_secret(
    before: str, planted: dict[str, str]
) -> None:
    for form in set(forms(planted["planted"])):
        assert hits({"a": before.encode() + form + b"!", "b": b"nothing"}, planted) == [
            Hit("a", "planted")
        ]


def test_every_setting_that_is_secret_has_its_canary() -> None:
    named = {
        "DEALDESK_CRM_SECRET", "DEALDESK_MASTER_KEY", "DEALDESK_SLACK_APP_TOKEN",
        "DEALDESK_SLACK_BOT_TOKEN", "DEALDESK_SLACK_SIGNING_SECRET", "DEALDESK_TELEGRAM_TOKEN",
        "DEALDESK_TELEGRAM_WEBHOOK_SECRET",
    }  # fmt: skip
    # An SQLite address has no password; PostgreSQL's is hidden like the others (test_redaction).
    assert SECRET.keys() - named == {"DEALDESK_DATABASE_URL"}
