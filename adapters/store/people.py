"""The people of the installation, where each of them is reached, and how they are linked."""

from collections import defaultdict
from collections.abc import Collection

from sqlalchemy import ClauseElement, delete, func, select

from adapters.store.engine import Engine
from adapters.store.recipes import Source, Values, batch, single
from adapters.store.tables import address, link_code, person
from dialogs.people import Address, Person
from dialogs.rows import StoredCode

PERSON = ("id", "name", "role", "language", "zone", "login", "crm_user", "crm_role")
CODE = ("hash", "person", "subject", "expires", "used")
DAY = 24 * 3600 * 1000


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


@batch(link_code.c.hash)
def locked_code(brought: Source) -> ClauseElement:
    ours = select(*(link_code.c[name] for name in CODE)).where(
        link_code.c.hash == brought.c["hash"]
    )
    return ours.order_by(link_code.c.hash).with_for_update(of=link_code)


@batch(*(link_code.c[name] for name in CODE if name != "used"))
def new_code(brought: Source) -> ClauseElement:
    return brought.insert(link_code)


@batch(link_code.c.expires)
def old_code(brought: Source) -> ClauseElement:
    return delete(link_code).where(link_code.c.expires < brought.c["expires"])


@single(link_code.c.person, link_code.c.expires)
def live_code(brought: Source) -> ClauseElement:
    theirs = link_code.c.person == brought.c["person"]
    live = select(func.count()).select_from(link_code)
    return live.where(theirs, link_code.c.expires > brought.c["expires"])


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

    def codes(self, hashes: Collection[str]) -> dict[str, StoredCode]:
        rows = self._engine.rows(locked_code, [(name,) for name in sorted(set(hashes))])
        return {row[0]: StoredCode(*row) for row in rows}

    def keep_code(self, code: StoredCode) -> None:
        self._engine.count(old_code, [(code.expires - DAY,)])
        self._engine.count(new_code, [(code.hash, code.person, code.subject, code.expires)])

    def codes_since(self, person: str, expires: int) -> int:
        ((count,),) = self._engine.ask(live_code, person, expires)
        return int(count)


def _person(row: Values, addresses: tuple[Address, ...]) -> Person:
    key, name, role, language, zone, login, crm_user, crm_role = row
    return Person(key, name, role, language, zone, login, crm_user, addresses, crm_role)
