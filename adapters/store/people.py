"""The people of the installation and where each of them is reached."""

from collections import defaultdict

from sqlalchemy import ClauseElement, delete, select

from adapters.store.engine import Engine
from adapters.store.recipes import Source, Values, batch, single
from adapters.store.tables import address, person
from dialogs.people import Address, Person

PERSON = ("id", "name", "role", "language", "zone", "login", "crm_user")


@single()
def any_person(_: Source) -> ClauseElement:
    return select(*(person.c[name] for name in PERSON)).order_by(person.c.id)


@single()
def any_address(_: Source) -> ClauseElement:
    told = select(address.c.person, address.c.channel, address.c.account, address.c.chat)
    return told.order_by(address.c.person, address.c.position)


@batch(*(person.c[name] for name in PERSON))
def kept_person(brought: Source) -> ClauseElement:
    put = brought.insert(person)
    newer = {name: put.excluded[name] for name in PERSON if name != "id"}
    return put.on_conflict_do_update(index_elements=["id"], set_=newer)


@batch(address.c.person)
def left_address(brought: Source) -> ClauseElement:
    return delete(address).where(address.c.person == brought.c["person"])


@batch(address.c.channel, address.c.account, address.c.chat, address.c.person, address.c.position)
def kept_address(brought: Source) -> ClauseElement:
    put = brought.insert(address)
    moved = {name: put.excluded[name] for name in ("chat", "person", "position")}
    return put.on_conflict_do_update(index_elements=["channel", "account"], set_=moved)


class People:
    """The part of `Books` that knows people."""

    _engine: Engine

    def people(self) -> list[Person]:
        addresses: defaultdict[str, list[Address]] = defaultdict(list)
        for owner, channel, account, chat in self._engine.ask(any_address):
            addresses[owner].append(Address(channel, account, chat))
        rows = self._engine.ask(any_person)
        return [_person(row, tuple(addresses[row[0]])) for row in rows]

    def keep_person(self, person: Person) -> None:
        self._engine.count(kept_person, [tuple(getattr(person, name) for name in PERSON)])
        self._engine.count(left_address, [(person.id,)])
        rows = {
            (at.channel, at.account): (at.channel, at.account, at.chat, person.id, position)
            for position, at in reversed(list(enumerate(person.addresses)))
        }
        self._engine.count(kept_address, list(rows.values()))


def _person(row: Values, addresses: tuple[Address, ...]) -> Person:
    key, name, role, language, zone, login, crm_user = row
    return Person(key, name, role, language, zone, login, crm_user, addresses)
