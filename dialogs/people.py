"""Who speaks and who may do what: persons, their identities, the role and action table.

Knows nothing of how an identity was proven (`dialogs.linking`) and asks no CRM: what a CRM user's
groups make of somebody is declared here, and written down with the person.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Role = Literal["sales", "management", "group", "admin"]
Who = Literal["sales", "management", "group", "admin", "former", "stranger", "outsider"]
"""A role; `former`: the CRM grants nothing (any more); `stranger`: an account that nobody linked;
`outsider`: the chat platform says that this is no colleague."""
Outside = Literal["", "guest", "foreign", "bot", "deleted"]
CrmRole = Literal["gone", "none", "sales", "management"]
"""What the CRM makes of its user: archived, active without a group of ours, or a role."""
Action = Literal[
    "record",
    "appoint",
    "prepare",
    "invite",
    "join",
    "assess",
    "withdraw",
    "decide",
    "move",
    "answer",
    "hand_over",
    "take_over",
    "adopt",
    "tasks",
    "leads",
    "figures",
    "process",
    "mail",
    "inquire",
    "request",
    "inform",
    "status",
    "settings",
    "help",
    "leave",
    "link",
    "unlink",
    "unlink_others",
]

COMMON: frozenset[Action] = frozenset({"status", "settings", "help", "leave", "link", "unlink"})
APPOINTMENTS: frozenset[Action] = frozenset({"appoint", "prepare", "invite", "join"})
SELLING: frozenset[Action] = frozenset(
    {
        *COMMON,
        *APPOINTMENTS,
        "record",
        "assess",
        "withdraw",
        "move",
        "answer",
        "hand_over",
        "adopt",
        "tasks",
        "leads",
        "figures",
        "process",
        "mail",
        "inquire",
        "request",
        "inform",
    }
)
UNKNOWN = "?"
"""For the name of somebody who is not there any more."""
MAY: Mapping[Who, frozenset[Action]] = {
    "sales": SELLING,
    "management": SELLING | {"decide"},
    "group": COMMON | {"take_over", "inform"},
    "admin": COMMON | {"unlink_others"},
    "former": frozenset({"link"}),
    "stranger": frozenset({"link"}),
    "outsider": frozenset(),
}
"""What is not here is refused."""
OF_OWN_CASES: frozenset[Action] = frozenset(
    {
        "assess",
        "withdraw",
        "move",
        "answer",
        "hand_over",
        "invite",
        "mail",
        "inquire",
        "request",
    }
)
"""Only by the owner of the case."""
OF_OTHERS_CASES: frozenset[Action] = frozenset({"decide"})
"""Never by the owner of the case, where the playbook asks for four eyes."""

CRM_GROUPS: Mapping[str, CrmRole] = {
    "sales_team.group_sale_manager": "management",
    "sales_team.group_sale_salesman_all_leads": "sales",
    "sales_team.group_sale_salesman": "sales",
}
"""What membership in a group of the CRM makes of somebody; the first that fits counts."""
_RANK: Mapping[str, int] = {"sales": 1, "management": 2}


@dataclass(frozen=True, slots=True)
class Address:
    """Where somebody is reached: the channel, their account on it, and the chat they spoke in."""

    channel: str
    account: str
    """The platform's own lasting id: Telegram `from.id`, Slack `TEAM:USER`, web persona id."""
    chat: str
    shared: bool = False
    """Others read along (a group, a channel): dialogues are led elsewhere."""
    outside: Outside = ""
    """Why the platform says that this account is no colleague's: a guest of the workspace,
    somebody of another company's, a program, a deleted user. Empty for a full member."""

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
    """The administrator's word; for somebody with a CRM login the most they can be."""
    language: str = "en"
    """`en`, `de`, or one that the playbook declares; any other is spoken to in English."""
    zone: str = "Europe/Berlin"
    login: str | None = None
    """Login in the CRM, where the person has one."""
    crm_user: int | None = None
    """Id of the CRM user, looked up when the person was added."""
    addresses: tuple[Address, ...] = ()
    """One for each channel, the one used last first."""
    crm_role: CrmRole | None = None
    """What the CRM said last; None before it was asked."""

    @property
    def in_crm(self) -> bool:
        """True when the CRM has a word in what the person may do."""
        return bool(self.login or self.crm_user)

    @property
    def who(self) -> Who:
        """The role that counts: the administrator's word, bounded by what the CRM said last."""
        if not self.in_crm or self.crm_role is None:
            return self.role
        if self.crm_role == "gone":
            return "former"
        if self.role not in _RANK:
            return self.role
        if self.crm_role == "none":
            return "former"
        return min(self.role, self.crm_role, key=lambda role: _RANK[role])


@dataclass(frozen=True, slots=True)
class Directory:
    """A snapshot of the people of this installation."""

    persons: Mapping[str, Person] = field(default_factory=dict)

    def managers(self) -> Iterable[Person]:
        return (person for person in self.persons.values() if may(person, "decide"))

    def administrators(self) -> Iterable[Person]:
        return (person for person in self.persons.values() if person.who == "admin")

    def behind(self, address: Address) -> Person | None:
        """Whose account it is, by channel and account id alone."""
        seat = (address.channel, address.account)
        for person in self.persons.values():
            if seat in ((one.channel, one.account) for one in person.addresses):
                return person
        return None


def name_of(people: Directory, person: str | None) -> str:
    known = people.persons.get(person or "")
    return known.name if known else UNKNOWN


def crm_role(*, active: bool, groups: Collection[str]) -> CrmRole:
    """What the CRM's answer about its user comes to."""
    if not active:
        return "gone"
    return next((role for group, role in CRM_GROUPS.items() if group in groups), "none")


def who_is(person: Person | None, address: Address | None = None) -> Who:
    """As what somebody speaks from there; what the platform says of the account comes first."""
    if address is not None and address.outside:
        return "outsider"
    return person.who if person else "stranger"


def may(
    person: Person | None, action: Action, address: Address | None = None, *, owner: str = ""
) -> bool:
    """Answer the one authorisation question; `owner` is whose case it is about, if any's."""
    if action not in MAY[who_is(person, address)]:
        return False
    own = person is not None and person.id == owner
    if owner and action in OF_OWN_CASES:
        return own
    return not (owner and action in OF_OTHERS_CASES and own)
