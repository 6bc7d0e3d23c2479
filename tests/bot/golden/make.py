"""Makes a golden database: `python -m tests.bot.golden.make 0.1.0`, run with that release.

For each state that a form can be in, somebody's conversation stands in it. Beside them: cases at
every step, an open question, an entry that was refused and one that waits.
"""

import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from contextlib import closing
from itertools import count
from pathlib import Path

from dialogs.rows import Settlement
from dialogs.tokens import card
from tests.bot.golden.walker import NO, YES, House

FOLDER = Path(__file__).parent
Begin = Callable[[str], object]


def main(release: str) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        house = House(folder)
        _fill(house)
        house.close()
        with closing(sqlite3.connect(house.file, isolation_level=None)) as books:
            for table in ("inbox", "intent"):  # as after a month: it would only be long
                books.execute(f"DELETE FROM {table} WHERE status = 'done'")
            text = "\n".join(books.iterdump())
        (FOLDER / f"release-{release}.sql").write_text(text + "\n")
        for edition in (folder / "playbooks").glob("*.toml"):
            shutil.copy(edition, FOLDER / edition.name)


def _fill(house: House) -> None:
    house.knows("mia", "management")
    names = (f"p{number}" for number in count())
    for held in (YES, NO):
        _each_state(house, names, lambda who: house.says(who, "record"), held)
    _each_state(house, names, lambda who: _assessing(house, who), NO)
    managers = (f"m{number}" for number in count())
    for states in count(1):
        if _stops(house, next(managers), lambda who: _deciding(house, who), NO, states):
            break
    _asked(house, "open")
    house.presses("mia", card(_asked(house, "approved"), "approved", ""))
    _unsettled(house)


def _each_state(house: House, names: object, begin: Begin, held: str) -> None:
    for states in count(1):
        if _stops(house, next(names), begin, held, states):  # type: ignore[call-overload] # an iterator
            return


def _stops(house: House, who: str, begin: Begin, held: str, states: int) -> bool:
    """Lead somebody through so many states; True when the last one was the review."""
    house.knows(who, "management" if who.startswith("m") else "sales")
    begin(who)
    for reached, dialogue in enumerate(house.led(who, held), 1):
        if reached == states:
            return dialogue.state == "review"
    return True


def _recorded(house: House, who: str) -> None:
    house.says(who, "record")
    list(house.led(who, NO))
    house.says(who, "save")


def _assessing(house: House, who: str) -> None:
    _recorded(house, who)
    house.says(who, "assess")


def _asked(house: House, who: str) -> str:
    """Somebody's case waits for its decision; the id of the question."""
    house.knows(who)
    _assessing(house, who)
    list(house.led(who, NO))
    house.says(who, "save")
    with house.store.transaction() as books:
        return books.open_approvals()[-1].id


def _deciding(house: House, who: str) -> None:
    asked = _asked(house, f"of-{who}")
    house.presses(who, card(asked, "rejected", ""))


def _unsettled(house: House) -> None:
    """Two entries that the CRM did not take: one for good, one for now."""
    usual = house.core._work
    for who, outcome in (("refused", "dead"), ("waits", "retry")):
        house.knows(who)
        house.says(who, "record")
        list(house.led(who, NO))

        def work(books, requests, outcome=outcome):
            return usual(books, [_changed(one, books, outcome) for one in requests])

        house.core._work = work  # type: ignore[method-assign] # for this one entry
        house.says(who, "save")
        house.core._work = usual  # type: ignore[method-assign] # as it was


def _changed(one: object, books: object, outcome: str) -> object:
    if not isinstance(one, Settlement):
        return one
    pending = {line.seq for line in books.deliveries(["pending"], 1)}  # type: ignore[attr-defined] # the books
    if one.seq not in pending:
        return one
    return Settlement(one.seq, one.attempts, outcome, error="no such stage")  # type: ignore[arg-type] # one of the words


if __name__ == "__main__":
    main(sys.argv[1])
