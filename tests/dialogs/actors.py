"""Who tries what there is to try: each role, by whose word, from where, with whose cases."""

from dataclasses import dataclass, replace

from dialogs.people import Address, Person
from tests.dialogs.office import colleague, seat

HOME = seat("kim")
OWNER = colleague("sam", "sales", "telegram", "slack")
BOSS = colleague("mia", "management", "telegram", "slack")


def crm(role: str, made: str) -> Person:
    return colleague("kim", role, "telegram", "slack", login="kim@example.com", crm_role=made)


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who tries, and whether the cases at hand are their own."""

    person: Person | None
    address: Address = HOME
    own: bool = True


ACTORS = {
    "stranger": Actor(None),
    "sales": Actor(colleague("kim", "sales", "telegram", "slack")),
    "sales, by the CRM": Actor(crm("management", "sales")),
    "other sales": Actor(colleague("kim", "sales", "telegram", "slack"), own=False),
    "management": Actor(colleague("kim", "management", "telegram", "slack"), own=False),
    "management, own case": Actor(colleague("kim", "management", "telegram", "slack")),
    "bounded to sales": Actor(crm("sales", "management"), own=False),
    "demoted manager": Actor(crm("management", "sales"), own=False),
    "archived manager": Actor(crm("management", "gone"), own=False),
    "without groups": Actor(crm("management", "none"), own=False),
    "group": Actor(colleague("kim", "group", "telegram", "slack"), own=False),
    "admin": Actor(colleague("kim", "admin", "telegram", "slack"), own=False),
    "guest": Actor(BOSS, replace(HOME, outside="guest")),
    "Slack Connect stranger": Actor(BOSS, replace(HOME, outside="foreign")),
    "bot": Actor(BOSS, replace(HOME, outside="bot")),
    "deleted user": Actor(BOSS, replace(HOME, outside="deleted")),
}
