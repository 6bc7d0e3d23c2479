"""The timers of a question to management, armed when it is asked.

They ring in the conversation of the case's owner (`dialogs.reminders`). A question that is decided
or withdrawn by then makes them mean nothing; they are cancelled besides.
"""

from dialogs.playbook import DecisionRule
from dialogs.turns import Timer

KIND = "decision"
HOUR_MS = 3_600_000
WHATS = ("remind", "deputy", "escalate")


def armed(rule: DecisionRule, approval: str, now: int) -> tuple[Timer, ...]:
    """The reminder and the deadline of a question asked now, as far as the playbook has them."""
    hours = (("remind", rule.remind_hours), ("deputy", rule.deadline_hours))
    return tuple(timer(approval, what, now, left) for what, left in hours if left)


def timer(approval: str, what: str, now: int, hours: float) -> Timer:
    payload = {"approval": approval, "what": what}
    return Timer(_id(what, approval), KIND, now + int(hours * HOUR_MS), payload)


def _id(what: str, approval: str) -> str:
    return f"{what}:{approval}"


def ids(approval: str) -> tuple[str, ...]:
    """All timers that a question can have."""
    return tuple(_id(what, approval) for what in WHATS)
