"""`dealdesk check` and `dealdesk odoo setup`: is everything there, and make it so."""

import argparse
import asyncio
import json
import sys
from collections.abc import Sequence
from typing import Any

from bot.clock import SystemClock
from bot.commands.opened import opened_books
from bot.commands.table import table
from bot.playbooks import open_library
from bot.redaction import hide
from bot.settings import Settings, environment, read_settings
from bot.vault import Vault
from bot.wiring import open_channels, open_crm, slack_manifest
from dialogs.crm import Finding
from dialogs.errors import DealdeskError
from dialogs.library import Library

FINE = ("ok", "created", "would create")


def declare(commands: Any) -> None:
    check = commands.add_parser("check", help="what works, what is missing, what to do")
    check.set_defaults(run=_check)
    odoo = commands.add_parser("odoo", help="prepare Odoo: setup")
    setup = odoo.add_subparsers(required=True, metavar="verb").add_parser(
        "setup", help="create fields, tab, stages and lost reasons; needs an administrator once"
    )
    setup.add_argument("--dry-run", action="store_true", help="only say what would be created")
    setup.set_defaults(run=_setup)
    slack = commands.add_parser("slack", help="prepare Slack: manifest")
    manifest = slack.add_subparsers(required=True, metavar="verb").add_parser(
        "manifest", help="print the app manifest to paste into Slack"
    )
    manifest.add_argument("--request-url", help="public address, for HTTP instead of Socket Mode")
    manifest.set_defaults(run=_manifest)


def _library(settings: Settings) -> Library:
    return open_library(settings.playbook, settings.data / "playbooks")


def _check(_: argparse.Namespace) -> int:
    settings = read_settings(environment())
    library = _library(settings)
    findings = [
        Finding(f"playbook {library.current.playbook.edition}", "ok"),
        *_store_findings(settings),
        *_key_findings(settings),
        *_crm_findings(settings, library),
        *asyncio.run(_channel_findings(settings, library)),
    ]
    return _told(findings)


def _store_findings(settings: Settings) -> list[Finding]:
    try:
        with opened_books(settings) as books:
            people = len(books.people())
    except DealdeskError as error:
        return [Finding("database", "wrong", str(error))]
    remedy = "" if people else "link somebody with `dealdesk people add`"
    return [Finding("database", "ok"), Finding(f"people: {people}", "ok", remedy)]


def _key_findings(settings: Settings) -> list[Finding]:
    """Whether the API keys that people gave can be opened."""
    try:
        with opened_books(settings) as books:
            rows = books.own_keys()
    except DealdeskError:
        return []
    vault = Vault(settings.master_keys) if settings.master_keys else None
    shut = [row for row in rows if vault is None or not vault.knows(row.sealed)]
    if shut:
        remedy = "set DEALDESK_MASTER_KEY to the key they were given under; their entries wait"
        return [Finding(f"own API keys: {len(shut)} can't be opened", "wrong", remedy)]
    return [Finding(f"own API keys: {len(rows)}", "ok")] if rows else []


def _crm_findings(settings: Settings, library: Library) -> Sequence[Finding]:
    crm = open_crm(settings, library)
    try:
        return crm.examine(library.current.playbook.crm_needs)
    finally:
        crm.close()


async def _channel_findings(settings: Settings, library: Library) -> list[Finding]:
    channels = open_channels(settings, library, SystemClock())
    findings: list[Finding] = []
    for channel in channels.values():
        findings += await channel.examine()
        await channel.close()
    if not channels:
        remedy = "set DEALDESK_TELEGRAM_TOKEN or DEALDESK_SLACK_BOT_TOKEN"
        findings.append(Finding("chat platforms: only the web chat", "ok", remedy))
    return findings


def _setup(arguments: argparse.Namespace) -> int:
    settings = read_settings(environment())
    library = _library(settings)
    crm = open_crm(settings, library)
    try:
        needs = library.current.playbook.crm_needs
        return _told(crm.prepare(needs, dry_run=arguments.dry_run))
    finally:
        crm.close()


def _told(findings: Sequence[Finding]) -> int:
    rows = [(one.subject, one.state, one.remedy) for one in findings]
    sys.stdout.write(hide(table(("subject", "state", "what to do"), rows)) + "\n")
    return 0 if all(one.state in FINE for one in findings) else 1


def _manifest(arguments: argparse.Namespace) -> int:
    made = slack_manifest(arguments.request_url, socket_mode=not arguments.request_url)
    sys.stdout.write(json.dumps(made, indent=2) + "\n")
    return 0
