"""Writes the derived parts of the documentation: `make docs`, or `python -m docs.derive`.

Whole pages are written anew; in README.md, docs/odoo.md, docs/privacy.md and docs/settings.md what
stands between marks. A test holds the committed files to what this says.
"""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path

from bot.playbooks import playbook_text
from dialogs.library import Rulebook
from dialogs.playbook import load_playbook
from docs import reliability
from docs.coverage import coverage_page
from docs.faults import fault_page
from docs.keeping import kept_table
from docs.pages import (
    form_page,
    gallery,
    odoo_fields,
    odoo_lists,
    process_page,
    secret_settings,
)
from docs.rights import rights_page

FOLDER = Path(__file__).parent
FORMS = FOLDER / "forms"
PICTURES = FOLDER / "pictures"
PRIVACY = FOLDER / "privacy.md"
TORTURE = FOLDER / "torture.toml"
ODOO, README = FOLDER / "odoo.md", FOLDER.parent / "README.md"
SETTINGS = FOLDER / "settings.md"
NOTE = "<!-- Derived from the playbook by `make docs`; do not edit. -->\n\n"
FAULTS_NOTE = "<!-- Derived from faults.toml and the tests by `make docs`; do not edit. -->\n\n"
COVERAGE_NOTE = "<!-- Derived from process_rows.toml by `make docs`; do not edit. -->\n\n"
NOTE_RIGHTS = "<!-- Derived from dialogs/people.py by `make docs`; do not edit. -->\n\n"


def derived() -> Mapping[Path, str]:
    """What each derived file has to hold, by its path."""
    text, name = playbook_text(None)
    rules = Rulebook(load_playbook(text, name))
    return dict(_whole(rules)) | dict(_parts(rules))


def _whole(rules: Rulebook) -> Iterator[tuple[Path, str]]:
    yield FOLDER / "process.md", NOTE + process_page(rules)
    yield FOLDER / "fault-matrix.md", FAULTS_NOTE + fault_page()
    yield FOLDER / "process-coverage.md", COVERAGE_NOTE + coverage_page()
    yield FOLDER / "rights.md", NOTE_RIGHTS + rights_page()
    figures = tomllib.loads(TORTURE.read_text(encoding="utf-8")) if TORTURE.exists() else {}
    yield FOLDER / "reliability.md", reliability.NOTE + reliability.page(figures)
    for form in rules.playbook.forms:
        yield FORMS / f"{form.id}.md", NOTE + form_page(rules, form)


def _parts(rules: Rulebook) -> Iterator[tuple[Path, str]]:
    parts = {"fields": odoo_fields(rules), "lists": odoo_lists(rules)}
    yield ODOO, filled(ODOO.read_text(encoding="utf-8"), parts)
    yield PRIVACY, filled(PRIVACY.read_text(encoding="utf-8"), {"kept": kept_table()})
    yield SETTINGS, filled(SETTINGS.read_text(encoding="utf-8"), {"secrets": secret_settings()})
    pictures = gallery(sorted(path.stem for path in PICTURES.glob("*.png")))
    yield README, filled(README.read_text(encoding="utf-8"), {"pictures": pictures})


def filled(page: str, parts: Mapping[str, str]) -> str:
    """The page with each part between its marks, `<!-- derived: name -->` and `<!-- end -->`.

    Raises:
        ValueError: a mark is missing.
    """
    for name, part in parts.items():
        before, begin, rest = page.partition(f"<!-- derived: {name} -->\n")
        _, end, after = rest.partition("<!-- end -->")
        if not (begin and end):
            raise ValueError(f"the page has no place for {name!r}: add both marks")
        page = f"{before}{begin}{part}{end}{after}"
    return page


def stray() -> list[Path]:
    """Pages of forms that the playbook no longer has."""
    return sorted(set(FORMS.glob("*.md")) - set(derived()))


def main() -> None:
    """Write every derived file, and remove the pages of forms that are gone."""
    FORMS.mkdir(exist_ok=True)
    for path, text in derived().items():
        path.write_text(text, encoding="utf-8")
    for path in stray():
        path.unlink()


if __name__ == "__main__":
    main()
