"""Everything that is kept about somebody: shown, or erased. Works beside a running program.

Of a member of staff the account and the conversation go, and the name in what stays; of a
customer's contact the names alone. The audit trail names nobody and is never touched.
"""

from base64 import b64encode
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bot import codec
from bot.people import GUEST
from dialogs.books import Books
from dialogs.errors import BadConfiguration
from dialogs.naming import Naming
from dialogs.people import Person
from dialogs.rows import AuditLine, DeliveryLine, Passage, Upload
from dialogs.trail import AuditRow

MANY = 100_000
PAGE = 1_000
READ: Mapping[tuple[str, str], codec.Codec[Any]] = {
    ("conversation", "state"): codec.conversation,
    ("case_file", "state"): codec.case,
    ("approval", "subject"): codec.approval,
    ("inbox", "payload"): codec.happened,
}
"""What has to be readable afterwards, or nothing is changed."""


@dataclass(frozen=True, slots=True)
class Subject:
    """Whom it is about; `person` is None for a customer's contact."""

    naming: Naming
    person: Person | None = None

    @property
    def talks(self) -> tuple[str, ...]:
        """Conversations that are theirs alone, also from before they were linked."""
        if self.person is None:
            return ()
        strange = (f"{GUEST}{one.channel}:{one.account}" for one in self.person.addresses)
        return (self.person.id, *strange)

    @property
    def chats(self) -> tuple[tuple[str, str], ...]:
        """Their own chats, by both names that a chat can have."""
        if self.person is None:
            return ()
        named = (
            name for one in self.person.addresses for name in ((one.channel, one.chat), one.place)
        )
        return tuple(dict.fromkeys(named))


def staff(person: Person) -> Subject:
    """A member of staff: name and login in texts, ids of accounts and chats where ids stand."""
    words = (person.name, *([person.login] if person.login else []))
    ids = frozenset(part for one in person.addresses for part in (one.account, one.chat))
    return Subject(Naming(words, ids, f"person {person.id}"), person)


def kept_about(books: Books, subject: Subject) -> dict[str, Any]:
    """All that is kept about them, as it stands in the tables."""
    person = subject.person
    return {
        "person": asdict(person) if person else None,
        "files": [_file(one) for chat in _pages(subject) for one in books.uploads(chat)],
        "texts": [asdict(one) for one in books.passages() if _about(subject, one)],
        "audit": [asdict(row) for row in _trail(books, person)] if person else [],
    }


def _pages(subject: Subject) -> list[str]:
    """Their own chats on the page, where files are kept here."""
    return sorted({chat for channel, chat in subject.chats if channel == "web"})


def _file(one: Upload) -> Mapping[str, Any]:
    return {"ref": one.ref, "at": one.at, "content": b64encode(one.content).decode()}


def on_the_way(books: Books, subject: Subject) -> list[DeliveryLine]:
    """Entries about them that the CRM has not got yet, or refused."""
    lines = books.deliveries(("pending", "dead"), MANY)
    talks = set(subject.talks)
    return [one for one in lines if one.conversation in talks or subject.naming.named_in(one.body)]


def changes(books: Books, subject: Subject) -> list[Passage]:
    """Every text in which they are named, as it will be."""
    return list(_changed(books, subject.naming))


def erase(books: Books, subject: Subject, now: int) -> Mapping[str, int]:
    """Erase them from all tables; how many texts of each table were changed.

    Raises:
        BadConfiguration: entries about them are on their way to the CRM, or a text could not be
            read any more without the name; nothing was erased.
    """
    waiting = on_the_way(books, subject)
    if waiting:
        numbers = ", ".join(str(one.seq) for one in waiting[:5])
        raise BadConfiguration(
            f"{len(waiting)} entries about them have not reached the CRM ({numbers}): wait until"
            " they have, or see `dealdesk deliveries list`. Nothing was erased."
        )
    if subject.person is not None:
        books.wipe(subject.person.id, subject.talks, subject.chats)
    changed = changes(books, subject)
    _check(changed)
    books.put(changed)
    books.note([AuditLine("administrator", "erase", _called(subject))], now)
    return counted(changed)


def counted(passages: Collection[Passage]) -> Mapping[str, int]:
    found: dict[str, int] = {}
    for one in passages:
        found[one.table] = found.get(one.table, 0) + 1
    return found


def _called(subject: Subject) -> str:
    return subject.person.id if subject.person else "contact"


def _changed(books: Books, naming: Naming) -> Iterator[Passage]:
    for one in books.passages():
        text = naming.without(one.text)
        if text != one.text:
            yield Passage(one.table, one.column, one.key, text)


def _about(subject: Subject, one: Passage) -> bool:
    mine = one.table == "conversation" and one.key in subject.talks
    return mine or subject.naming.named_in(one.text)


def _trail(books: Books, person: Person) -> Iterator[AuditRow]:
    after = 0
    while rows := books.trail(after, PAGE):
        yield from (row for row in rows if person.id in {row.actor, row.subject})
        after = rows[-1].seq


def _check(changed: Collection[Passage]) -> None:
    for one in changed:
        reader = READ.get((one.table, one.column))
        try:
            if reader is not None:
                reader.read(one.text)
        except ValueError:
            raise BadConfiguration(
                f"The name is also a word of ours in {one.table} {one.key}: give more of the name."
                " Nothing was erased."
            ) from None
