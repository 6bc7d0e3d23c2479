"""Both databases keep everything as it was, and do nothing of it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot import codec
from dialogs.events import Said, Submitted
from dialogs.people import Address, Person
from dialogs.rows import Arrived, AuditLine, Done, Intent, StoredCase
from tests.contracts.store.rows import NOW
from tests.contracts.store.stores import Stores
from tests.injection.corpus import CORPUS, sample
from tests.rig.postgres import PostgresServer

AT = Address("web", "a", "a")


@pytest.fixture(params=["sqlite", "postgresql"])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stores]:
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path / 'store.db'}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        url = server.new_database()
    stores = Stores(url)
    yield stores
    stores.close()


def arrived(number: int, text: str) -> Arrived:
    """Something said and sent, with that text at every place of it."""
    event = Submitted(text, {text: (text, text)}) if number % 2 else Said(text, quote=text)
    payload = codec.happened.write(codec.Happened(event, Address("web", text, text)))
    return Arrived(f"key {number} {text}", f"talk {number}", f"e{number}", NOW, payload)


def test_e9_events_and_what_follows_from_them_come_back_as_they_were(stores: Stores) -> None:
    rows = [arrived(number, text) for number, text in enumerate(CORPUS)]
    with stores.books() as books:
        assert all(books.accept(rows))
        taken = {row.conversation: row for row in books.take([row.conversation for row in rows])}
        assert [taken[row.conversation].payload for row in rows] == [row.payload for row in rows]
        done = [
            _done(taken[row.conversation].seq, row, text)
            for row, text in zip(rows, CORPUS, strict=True)
        ]
        claimed = books.write(done, NOW, NOW + 1000)
        assert sorted(one.body for one in claimed) == sorted(CORPUS)
    with stores.books() as books:
        assert not any(books.accept(rows)), "a key with that text in it is known again"
        cases = books.cases({f"c{number} {text}" for number, text in enumerate(CORPUS)})
        assert sorted(cases.values()) == sorted(CORPUS)


def _done(seq: int, row: Arrived, text: str) -> Done:
    number = row.event_id[1:]
    return Done(
        seq,
        row.conversation,
        text,
        0,
        cases=(StoredCase(f"c{number} {text}", text, text, text),),
        intents=(Intent(f"i{number} {text}", "chat", f"o{number}", row.conversation, text),),
        audit=(AuditLine(text, text, text),),
    )


def test_e9_people_and_their_history_come_back_as_they_were(stores: Stores) -> None:
    texts = sample(4)
    people = [
        Person(
            f"{number} {text}", text, "sales", login=text, addresses=(Address(text, text, text),)
        )
        for number, text in enumerate(texts)
    ]
    with stores.books() as books:
        for person in people:
            books.keep_person(person)
    with stores.books() as books:
        kept = {person.id: person for person in books.people()}
    assert kept == {person.id: person for person in people}
