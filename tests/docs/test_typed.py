"""What the pages tell a reader to type, to open and to look at is there."""

import re
import shlex
from collections.abc import Iterator
from itertools import takewhile
from pathlib import Path

import pytest

from bot.__main__ import _parser
from tests.docs.pages import NAMES, PAGES, ROOT, prose, shell_lines

BY_PAGE = pytest.mark.parametrize("page", PAGES, ids=NAMES)
OURS = ("bot", "dialogs", "adapters", "docs", "tests", "bench")
_LINK = re.compile(r"\]\(([^)#\s]+)(#[^)]*)?\)|<img src=\"([^\"]+)\"")
_CODE = re.compile(r"`([^`\n]+)`")
_ASSIGNED = re.compile(r"[A-Z_]+=\S*")


def commands() -> list[str]:
    """Each `dealdesk …` of a shell block or in the text, without placeholders."""
    typed = {line for page in PAGES for line in shell_lines(page)}
    named = {code for page in PAGES for code in _CODE.findall(prose(page))}
    whole = {code for code in named if "…" not in code and "|" not in code}
    return sorted(set(_dealdesk(typed | whole)))


def _dealdesk(lines: set[str]) -> Iterator[str]:
    for line in lines:
        words = [word for word in shlex.split(line, comments=True) if not _ASSIGNED.fullmatch(word)]
        told = words[: words.index(">")] if ">" in words else words
        if told[1:] and told[0].removeprefix(".venv/bin/") == "dealdesk":
            yield shlex.join(told[1:])


@pytest.mark.parametrize("command", commands())
def test_the_command_is_one(command: str, capsys: pytest.CaptureFixture[str]):
    try:
        parsed = _parser().parse_args(shlex.split(command))
    except SystemExit:
        assert "required" in capsys.readouterr().err
    else:
        assert callable(parsed.run)


@pytest.mark.parametrize("command", commands())
def test_its_help_tells_of_every_option(command: str, capsys: pytest.CaptureFixture[str]):
    """Also of those of a command that is only named, as in "`dealdesk people add --web`"."""
    words = shlex.split(command)
    subject = takewhile(lambda word: re.fullmatch("[a-z][a-z-]*", word), words)

    with pytest.raises(SystemExit):
        _parser().parse_args([*subject, "--help"])

    told = capsys.readouterr().out
    assert [word for word in words if word.startswith("--") and word not in told] == []


def test_there_are_commands_to_hold_to():
    assert {"demo", "run", "check", "odoo setup", "slack manifest"} <= set(commands())


@BY_PAGE
def test_every_make_target_is_one(page: Path):
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    text = " ".join([*_CODE.findall(prose(page)), *shell_lines(page)])

    assert set(re.findall(r"\bmake ([a-z]+)", text)) <= targets


@BY_PAGE
def test_every_link_leads_somewhere(page: Path):
    found = [link or image for link, _, image in _LINK.findall(page.read_text())]
    here = [link for link in found if not link.startswith(("http://", "https://"))]

    assert [link for link in here if not (page.parent / link).exists()] == []


@BY_PAGE
def test_every_file_that_is_named_is_there(page: Path):
    named = [code for code in _CODE.findall(prose(page)) if _looks_like_a_file(code)]

    assert [name for name in named if not any(ROOT.glob(name.rstrip("/")))] == []


def _looks_like_a_file(code: str) -> bool:
    return code.startswith(tuple(f"{folder}/" for folder in OURS)) and not re.search(r"[<… ]", code)
