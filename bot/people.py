"""The people of this installation, in memory: who stands behind an account, who may decide.

Reads from the books and is told of changes; proves nothing about who somebody is.
"""

from collections.abc import Iterable
from dataclasses import replace

from dialogs.books import Books
from dialogs.people import Address, Directory, Person

GUEST = "guest:"


class People:
    """A snapshot that one process reads; replaced as a whole when something changed."""

    def __init__(self) -> None:
        """Begin with nobody; `refresh` reads the books."""
        self.directory = Directory()
        self._by_account: dict[tuple[str, str], str] = {}

    def refresh(self, books: Books) -> None:
        self.know(books.people())

    def know(self, persons: Iterable[Person]) -> None:
        """Take these as the people."""
        self.directory = Directory({person.id: person for person in persons})
        self._by_account = {
            (address.channel, address.account): person.id
            for person in self.directory.persons.values()
            for address in person.addresses
        }

    def behind(self, address: Address) -> Person | None:
        person = self._by_account.get((address.channel, address.account))
        return self.directory.persons.get(person) if person else None

    def conversation_of(self, address: Address) -> str:
        """The id of the conversation that an event from there belongs to."""
        person = self.behind(address)
        return person.id if person else f"{GUEST}{address.channel}:{address.account}"

    def person_of(self, conversation: str) -> Person | None:
        return self.directory.persons.get(conversation)


def spoke_at(person: Person, address: Address) -> Person:
    """The person with that address first, as the one used last; the same when it is already."""
    if address.shared or person.addresses[:1] == (address,):
        return person
    others = tuple(one for one in person.addresses if one.channel != address.channel)
    return replace(person, addresses=(address, *others))
