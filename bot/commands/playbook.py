"""`dealdesk playbook check|diagram|words`: look at a playbook file before it is in force."""

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.playbooks import playbook_text
from bot.settings import environment, read_settings
from bot.wiring import open_crm
from dialogs.charts import form_chart, process_chart
from dialogs.library import Library
from dialogs.playbook import load_playbook
from dialogs.playbook.further import SENTENCES
from dialogs.playbook.reach import notes


def declare(commands: Any) -> None:
    playbook = commands.add_parser("playbook", help="look at a playbook: check, diagram, words")
    verbs = playbook.add_subparsers(required=True, metavar="verb")
    for word, doing, meaning in (
        ("check", _check, "say what is wrong with it, with place and remedy"),
        ("diagram", _diagram, "print its process and forms as flow charts (Mermaid)"),
    ):
        verb = verbs.add_parser(word, help=meaning)
        verb.add_argument("file", type=Path, nargs="?", help="default: the one that ships")
        verb.set_defaults(run=doing)

    words = verbs.add_parser("words", help="print what a translation can say, in English")
    words.set_defaults(run=_words)


def _library(arguments: argparse.Namespace) -> Library:
    text, name = playbook_text(arguments.file)
    return Library(load_playbook(text, name))


def _check(arguments: argparse.Namespace) -> int:
    """Faults are errors; notes are told and no reason to fail; what the CRM lacks is one."""
    library = _library(arguments)
    playbook = library.current.playbook
    counted = ", ".join(f"{form.id} ({len(form.questions)} questions)" for form in playbook.forms)
    sys.stdout.write(f"{playbook.name} {playbook.edition} is sound: {counted}.\n")
    sys.stdout.writelines(f"note: {note}.\n" for note in notes(playbook))
    lacking = list(_lacking(library))
    sys.stdout.writelines(f"the CRM: {line}\n" for line in lacking)
    return 1 if lacking else 0


def _lacking(library: Library) -> Iterator[str]:
    """What the playbook needs and a CRM that is configured does not have."""
    settings = read_settings(environment())
    if settings.crm is None:
        return
    crm = open_crm(settings, library)
    try:
        found = crm.examine(library.current.playbook.crm_needs)
    finally:
        crm.close()
    for one in found:
        if one.state != "ok":
            yield f"{one.subject} is {one.state}: {one.remedy}"


def _words(_: argparse.Namespace) -> int:
    """As TOML, to be copied below `[translation.words]` and translated."""
    for key, text in SENTENCES.items():
        sys.stdout.write(f"{key} = {json.dumps(text, ensure_ascii=False)}\n")
    return 0


def _diagram(arguments: argparse.Namespace) -> int:
    rules = _library(arguments).current
    charts = [process_chart(rules), *(form_chart(form) for form in rules.playbook.forms)]
    sys.stdout.write("\n\n".join(charts) + "\n")
    return 0
