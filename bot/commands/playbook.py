"""`dealdesk playbook check|diagram`: look at a playbook file before it is in force."""

import argparse
import sys
from pathlib import Path
from typing import Any

from bot.playbooks import playbook_text
from dialogs.charts import form_chart, process_chart
from dialogs.library import Library
from dialogs.playbook import load_playbook


def declare(commands: Any) -> None:
    playbook = commands.add_parser("playbook", help="look at a playbook: check, diagram")
    verbs = playbook.add_subparsers(required=True, metavar="verb")
    for word, doing, meaning in (
        ("check", _check, "say what is wrong with it, with place and remedy"),
        ("diagram", _diagram, "print its process and forms as flow charts (Mermaid)"),
    ):
        verb = verbs.add_parser(word, help=meaning)
        verb.add_argument("file", type=Path, nargs="?", help="default: the one that ships")
        verb.set_defaults(run=doing)


def _library(arguments: argparse.Namespace) -> Library:
    text, name = playbook_text(arguments.file)
    return Library(load_playbook(text, name))


def _check(arguments: argparse.Namespace) -> int:
    playbook = _library(arguments).current.playbook
    counted = ", ".join(f"{form.id} ({len(form.questions)} questions)" for form in playbook.forms)
    sys.stdout.write(f"{playbook.name} {playbook.edition} is sound: {counted}.\n")
    return 0


def _diagram(arguments: argparse.Namespace) -> int:
    rules = _library(arguments).current
    charts = [process_chart(rules), *(form_chart(form) for form in rules.playbook.forms)]
    sys.stdout.write("\n\n".join(charts) + "\n")
    return 0
