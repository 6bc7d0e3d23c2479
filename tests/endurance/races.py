"""Approve against reject, at the same moment, about questions made for it."""

import asyncio
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import codec
from dialogs.books import Books
from dialogs.events import Pressed, Said
from dialogs.people import Person
from dialogs.rows import Arrived, Done, StoredApproval, StoredCase
from dialogs.tokens import card
from tests.endurance.front import ASSESS, Front
from tests.endurance.front import person as colleague

ALREADY = re.compile(r"Already (approved|rejected) by (\w+), .*\d\d:\d\d")
SEED = "seed"
LEASE = 60_000


def people(pairs: int) -> list[Person]:
    managers = [
        colleague(f"{side}{n}", "management") for side in ("yes", "no") for n in range(pairs)
    ]
    return [colleague("sam"), *managers]


async def ask(front: Front) -> None:
    """A real case that waits for its decision."""
    await front.records("sam", "Meyer")
    await front.says("sam", "assess", *ASSESS)
    await front.until(lambda: any(say.show.type == "card" for say in front.shown["yes0"]))


def copied(books: Books, number: int, now: int) -> list[str]:
    """More questions like the open one, each about a case of its own."""
    (first,) = books.open_approvals()
    case = codec.case.read(books.cases([first.case])[first.case])
    asked = replace(codec.approval.read(first.subject), copies=())
    names = [f"race{n}" for n in range(number)]
    cases = [replace(case, id=f"case-{name}") for name in names]
    questions = [replace(asked, id=f"race{n}", case=one) for n, one in enumerate(cases)]
    books.accept([Arrived(SEED, SEED, SEED, now, "")])
    (taken,) = books.take([SEED])
    done = Done(
        taken.seq,
        SEED,
        "{}",
        taken.version,
        cases=tuple(StoredCase(c.id, c.owner, c.step, codec.case.write(c)) for c in cases),
        approvals=tuple(
            StoredApproval(q.id, q.case.id, q.owner, "open", codec.approval.write(q))
            for q in questions
        ),
    )
    books.write([done], now, now + LEASE)
    return names


async def raced(front: Front, names: Sequence[str], pairs: int) -> None:
    """Let each pair decide its share, one after another; both at the same moment."""
    shares = (_share(front, names[n::pairs], n) for n in range(pairs))
    await asyncio.gather(*shares)


async def _share(front: Front, names: Sequence[str], pair: int) -> None:
    for name in names:
        await front.brings(f"no{pair}", Pressed(card(name, "rejected")))
        await front.says(f"no{pair}", "No budget")
        await asyncio.gather(
            front.brings(f"yes{pair}", Pressed(card(name, "approved"))),
            front.brings(f"no{pair}", Said("1")),
        )


@dataclass(frozen=True)
class Outcome:
    """Who won how often, and who was told that somebody else had."""

    won: dict[str, str]
    """The winner of each question."""
    told: dict[str, list[str]]
    """By loser, the winners they were told of."""


def outcome(books: Books, front: Front, names: Sequence[str], pairs: int) -> Outcome:
    known = books.approvals(names)
    told = {
        f"{side}{n}": [
            m[2].lower() for text in front.texts(f"{side}{n}") if (m := ALREADY.search(text))
        ]
        for side in ("yes", "no")
        for n in range(pairs)
    }
    return Outcome({name: known[name].decided_by or "" for name in names}, told)


def check(result: Outcome, pairs: int) -> None:
    """One winner each, and each loser told of that winner, once."""
    for n in range(pairs):
        yes, no = f"yes{n}", f"no{n}"
        mine = [
            by for name, by in result.won.items() if int(name.removeprefix("race")) % pairs == n
        ]
        assert set(mine) <= {yes, no}
        assert result.told[no] == [yes] * mine.count(yes)
        assert result.told[yes] == [no] * mine.count(no)
