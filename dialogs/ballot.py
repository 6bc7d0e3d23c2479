"""The count of votes about a question to management: how many it takes, and what they come to.

Knows the playbook's rules and who was asked; shows nothing and asks nobody.
"""

from collections.abc import Iterable, Iterator
from typing import Literal

from dialogs.case import Case
from dialogs.people import Directory, Person, may
from dialogs.playbook import Playbook, Whom
from dialogs.turns import Approval, Vote


def amount_of(playbook: Playbook, case: Case) -> float:
    """What the rules look at; nothing counts as 0."""
    wanted = playbook.decision.amount
    for record in case.forms.values():
        if wanted in record:
            return _number(record[wanted])
    return 0.0


def _number(value: object) -> float:
    try:
        return float(str(value))
    except ValueError:
        return 0.0


def needed(playbook: Playbook, people: Directory, approval: Approval) -> int:
    """How many approvals approve; `all` counts those who would be asked first, as of now."""
    rule = playbook.decision.rule_for(amount_of(playbook, approval.case))
    if rule.approvals != "all":
        return rule.approvals
    return max(1, len(list(circle(playbook, people, approval.owner))))


def outcome(
    playbook: Playbook, people: Directory, approval: Approval, votes: Iterable[Vote]
) -> Literal["open", "approved", "rejected"]:
    """What these votes come to: one rejection rejects."""
    said = [one.verdict for one in counting(playbook, approval, votes)]
    if "rejected" in said:
        return "rejected"
    enough = len(said) >= needed(playbook, people, approval)
    return "approved" if said and enough else "open"


def counting(playbook: Playbook, approval: Approval, votes: Iterable[Vote]) -> list[Vote]:
    """Without that of somebody whose own case it has become since."""
    barred = barred_owner(playbook, approval.owner)
    return [one for one in votes if one.by != barred]


def vote_of(approval: Approval, person: str) -> Vote | None:
    return next((one for one in approval.votes if one.by == person), None)


def entitled(playbook: Playbook, people: Directory, owner: str) -> Iterator[Person]:
    """Everybody who may decide about a case of that owner."""
    barred = barred_owner(playbook, owner)
    return (one for one in people.managers() if may(one, "decide", owner=barred))


def barred_owner(playbook: Playbook, owner: str) -> str:
    """Whose own case it is, where nobody may decide about their own; else empty."""
    return owner if playbook.decision.four_eyes else ""


def circle(playbook: Playbook, people: Directory, owner: str, level: int = 0) -> list[Person]:
    """Who is asked up to that level; deputies only at theirs, unless there is nobody else."""
    everybody = list(entitled(playbook, people, owner))
    asks, later = playbook.decision.asks, levels(playbook)
    first = [one for one in everybody if (_meant(asks, one) if asks else not _meant(later, one))]
    first = first or everybody
    return first + [one for one in everybody if one not in first and _meant(later[:level], one)]


def levels(playbook: Playbook) -> tuple[Whom, ...]:
    """Who is asked after the deadline, one after another."""
    rule = playbook.decision
    return tuple(one for one in (rule.deputy, rule.escalate_to) if one is not None)


def _meant(rules: Iterable[Whom], person: Person) -> bool:
    return any(rule.means(person) for rule in rules)
