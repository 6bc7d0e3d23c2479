"""Who takes which timer: one pair of functions for each kind that is armed."""

from collections.abc import Callable, Mapping

from dialogs import (
    closing,
    deadlines,
    follow_ups,
    keys,
    lead_news,
    mailing,
    meetings,
    quiet,
    reminders,
    soon,
)
from dialogs.events import Fired, KeyDenied, KeyKept
from dialogs.scene import Scene
from dialogs.turns import Conversation, Tell, Timer, Turn, Wants

TAKERS: Mapping[str, Callable[[Scene, Fired], Turn]] = {
    keys.ENDING: keys.ending,
    deadlines.KIND: reminders.due,
    closing.PARKED: closing.reminded,
    meetings.LATER: meetings.due,
    soon.KIND: soon.due,
    lead_news.KIND: lead_news.due,
    mailing.CHECK: mailing.checked,
    quiet.KIND: quiet.over,
}
"""By the kind of the `Timer`."""


def _own_key(_: Conversation, __: Fired) -> Wants:
    return Wants(own_key=True)


def _case(_: Conversation, event: Fired) -> Wants:
    return Wants(cases=(event.payload["case"],))


def _question(_: Conversation, event: Fired) -> Wants:
    return Wants(approvals=(event.payload.get("approval", ""),))


def _leads(conversation: Conversation, _: Fired) -> Wants:
    return Wants(cases=lead_news.cases_of(conversation.leads))


WANTS: Mapping[str, Callable[[Conversation, Fired], Wants]] = {
    keys.ENDING: _own_key,
    deadlines.KIND: _question,
    closing.PARKED: _case,
    lead_news.KIND: _leads,
}
"""What a taker looks at; nothing where it is not here."""


def _asks(scene: Scene, event: Fired) -> str:
    asked = scene.facts.approvals.get(event.payload.get("approval", ""))
    return asked.owner if asked else ""


def _has(scene: Scene, event: Fired) -> str:
    case = scene.facts.cases.get(event.payload.get("case", ""))
    return case.owner if case else ""


OWNERS: Mapping[str, Callable[[Scene, Fired], str]] = {
    deadlines.KIND: _asks,
    closing.PARKED: _has,
}
"""Whose case a timer is about: it rings where it was armed, and they may have another owner."""

WAITS: Mapping[str, Callable[[Scene], int]] = {
    deadlines.KIND: follow_ups.at_work,
    closing.PARKED: follow_ups.awake,
    quiet.KIND: follow_ups.awake,
}
"""What is told in working hours only, and when the next begin; the other takers see to it."""


def taken(scene: Scene, event: Fired) -> Turn:
    """Let whoever armed it go on; a kind that nobody knows any more changes nothing."""
    owner = OWNERS[event.kind](scene, event) if event.kind in OWNERS else ""
    if owner and owner != scene.person.id:
        onward = Tell(f"{event.timer}>{owner}", owner, event)
        return Turn(scene.conversation, tells=(onward,))
    taker = TAKERS.get(event.kind)
    due = WAITS[event.kind](scene) if event.kind in WAITS else 0
    if due > scene.facts.now:
        return _later(scene, event, due)
    return taker(scene, event) if taker else Turn(scene.conversation)


def _later(scene: Scene, event: Fired, due: int) -> Turn:
    """It rings once more then, by a name of its own."""
    name = f"{event.timer.partition('@')[0]}@{due}"
    return Turn(scene.conversation, timers=(Timer(name, event.kind, due, event.payload),))


def wanted(conversation: Conversation, event: Fired | KeyKept | KeyDenied) -> Wants:
    """What a turn on a timer looks at; on news of a key it is the key."""
    if not isinstance(event, Fired):
        return Wants(own_key=True)
    asks = WANTS.get(event.kind)
    return asks(conversation, event) if asks else Wants()
