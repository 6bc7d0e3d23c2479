"""Playbook files: the one in force, and the editions that conversations under way began with."""

import logging
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

from dialogs.errors import BadConfiguration, BadPlaybook
from dialogs.library import Library
from dialogs.playbook import Playbook, load_playbook

log = logging.getLogger(__name__)

SHIPPED = "arts.toml"
ALSO_SHIPPED = ("arts.toml", "plain.toml")
"""Chosen by name, without the ending."""


def playbook_text(path: Path | None) -> tuple[str, str]:
    """The text of a playbook file, or of one that ships, and what to call it.

    Raises:
        BadPlaybook: there is no such file.
    """
    name = SHIPPED if path is None else f"{path}.toml"
    shipped = files("dialogs.playbook").joinpath(name)
    if path is None or (name in ALSO_SHIPPED and not path.exists()):
        return shipped.read_text(encoding="utf-8"), name
    try:
        return path.read_text(encoding="utf-8"), path.name
    except OSError as error:
        raise BadPlaybook(f"{path}: can't be read: {error.strerror}") from error


def open_library(path: Path | None, shelf: Path, *, invented: bool = False) -> Library:
    """Load the playbook, keep a copy of this edition on the shelf, and load the earlier ones.

    Key figures about invented people give nobody away: they are told however few there are.
    """
    text, name = playbook_text(path)
    current = load_playbook(text, name)
    if invented:
        current = replace(current, figures=replace(current.figures, least_people=1))
    shelf.mkdir(parents=True, exist_ok=True)
    shelf.joinpath(f"{current.edition}.toml").write_text(text, encoding="utf-8")
    return Library(current, _earlier(shelf, current))


def spoken(language: str, library: Library) -> str:
    """The language, which the playbook in force has to speak.

    Raises:
        BadConfiguration: it does not.
    """
    known = library.current.playbook.languages
    if language in known:
        return language
    raise BadConfiguration(
        f"language {language!r}: write one of {', '.join(known)}, or declare it in the playbook "
        "with [[translation]]"
    )


def _earlier(shelf: Path, current: Playbook) -> list[Playbook]:
    found: list[Playbook] = []
    for path in sorted(shelf.glob("*.toml")):
        if path.stem == current.edition:
            continue
        try:
            found.append(load_playbook(path.read_text(encoding="utf-8"), path.name, kept=True))
        except BadPlaybook as error:
            log.warning("an earlier playbook can't be used any more: %s", error)
    return found
