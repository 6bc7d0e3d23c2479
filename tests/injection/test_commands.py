"""What the administrator's commands print does nothing to a terminal, and a row stays one line.

There is no CSV: the tables are for reading; a formula in them is a text.
"""

import re
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.commands.table import inert, inert_lines, table
from dialogs.crm import Customer, Note
from dialogs.people import Address, Person
from dialogs.rows import Done, Intent
from tests.contracts.crm.wishes import plain
from tests.contracts.store.rows import NOW, came
from tests.contracts.store.stores import Stores
from tests.injection.corpus import CORPUS, GROUPS, NO_TEXT

ACTING = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def test_e9_a_row_of_a_table_is_one_line_that_moves_no_cursor() -> None:
    for text in (*CORPUS, *NO_TEXT):
        shown = table(("key", "error"), [(text, text), ("k", "e")])
        assert not ACTING.search(shown), text
        assert len(shown.splitlines()) == 3, text


def test_e9_what_can_be_printed_is_printed_as_it_is() -> None:
    for text in CORPUS:
        if text.isprintable() and not ACTING.search(text):
            assert inert(text) == text
    assert inert("a\x1b[2Jb") == "a\\x1b[2Jb"
    assert inert_lines("a\nb\r") == "a\nb\\r"


@pytest.mark.parametrize("group", ["log", "unicode", "formula"])
def test_e9_lists_of_deliveries_and_people_do_nothing_to_a_terminal(
    group: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DEALDESK_DATA", str(tmp_path))
    numbers = filled(f"sqlite:///{tmp_path / 'dealdesk.sqlite3'}", GROUPS[group])
    monkeypatch.setenv("DEALDESK_DATABASE_URL", f"sqlite:///{tmp_path / 'dealdesk.sqlite3'}")
    for words in (
        ("people", "list"),
        ("deliveries", "list", "--all"),
        *(("deliveries", "show", str(number)) for number in numbers),
    ):
        assert main(words) == 0
        printed = capsys.readouterr().out
        assert not ACTING.search(printed), words


def filled(url: str, texts: tuple[str, ...]) -> list[int]:
    """People and deliveries of these names; returns the deliveries' numbers."""
    stores = Stores(url)
    with stores.books() as books:
        for number, text in enumerate(texts):
            name = text or "x"
            books.keep_person(
                Person(
                    f"p{number}", name, "sales", login=text, addresses=(Address("web", text, text),)
                )
            )
        books.accept([came(talk="t1")])
        (taken,) = books.take(["t1"])
        intents = tuple(_intent(number, text) for number, text in enumerate(texts))
        books.write([Done(taken.seq, "t1", "{}", 0, intents=intents)], NOW, NOW + 1000)
        numbers = [line.seq for line in books.deliveries(("pending", "done", "dead"), 500)]
    stores.close()
    return numbers


def _intent(number: int, text: str) -> Intent:
    from bot import codec  # noqa: PLC0415

    wish = plain(
        f"C{number}", title=text, customer=Customer(text), note=Note(text, ((text, text),))
    )
    return Intent(f"k{number} {text}", "crm", f"o{number}", "t1", codec.delivery.write(wish))
