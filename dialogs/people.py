"""Who speaks and who may do what: persons, their identities, the role and action table.

Knows nothing of how an identity was proven; `bot` links accounts to persons.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["sales", "management", "group", "admin"]
Language = Literal["en", "de"]
Action = Literal["record", "assess", "status", "decide", "settings", "help"]

MAY: Mapping[Role, frozenset[Action]] = {
    "sales": frozenset({"record", "assess", "status", "settings", "help"}),
    "management": frozenset({"record", "assess", "status", "decide", "settings", "help"}),
    "group": frozenset({"status", "settings", "help"}),
    "admin": frozenset({"status", "settings", "help"}),
}


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody is reached: the channel, their account on it, and the chat they spoke in."""

    channel: str
    account: str
    """The platform's own lasting id: Telegram `from.id`, Slack `TEAM:USER`, web persona id."""
    chat: str
    shared: bool = False
    """Others read along (a group, a channel): dialogues are led elsewhere."""

    @property
    def place(self) -> tuple[str, str]:
        """The chat by a name that stays: Slack names one direct message in two ways."""
        return (self.channel, self.chat if self.shared or not self.account else self.account)


@dataclass(frozen=True, slots=True)
class Person:
    """A colleague known to dealdesk."""

    id: str
    name: str
    role: Role
    language: Language = "en"
    zone: str = "Europe/Berlin"
    login: str | None = None
    """Login in the CRM, where the person has one."""
    crm_user: int | None = None
    """Id of the CRM user, looked up when the person was added."""
    addresses: tuple[Address, ...] = ()
    """One for each channel, the one used last first."""


@dataclass(frozen=True, slots=True)
class Directory:
    """A snapshot of the people of this installation."""

    persons: Mapping[str, Person] = field(default_factory=dict)

    def managers(self) -> Iterable[Person]:
        return (person for person in self.persons.values() if may(person, "decide"))


def may(person: Person | None, action: Action) -> bool:
    """Answer the one authorisation question; strangers may nothing."""
    return person is not None and action in MAY[person.role]
