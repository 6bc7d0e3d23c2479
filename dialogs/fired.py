"""Who takes which timer: one pair of functions for each kind that is armed."""

from collections.abc import Callable, Mapping

from dialogs import closing, deadlines, keys, reminders
from dialogs.events import Fired, KeyDenied, KeyKept
from dialogs.scene import Scene
from dialogs.turns import Turn, Wants

TAKERS: Mapping[str, Callable[[Scene, Fired], Turn]] = {
    keys.ENDING: keys.ending,
    deadlines.KIND: reminders.due,
    closing.PARKED: closing.reminded,
}
"""By the kind of the `Timer`."""


def _own_key(_: Fired) -> Wants:
    return Wants(own_key=True)


def _case(event: Fired) -> Wants:
    return Wants(cases=(event.payload["case"],))


WANTS: Mapping[str, Callable[[Fired], Wants]] = {
    keys.ENDING: _own_key,
    deadlines.KIND: deadlines.wanted,
    closing.PARKED: _case,
}
"""What a taker looks at; nothing where it is not here."""


def taken(scene: Scene, event: Fired) -> Turn:
    """Let whoever armed it go on; a kind that nobody knows any more changes nothing."""
    taker = TAKERS.get(event.kind)
    return taker(scene, event) if taker else Turn(scene.conversation)


def wanted(event: Fired | KeyKept | KeyDenied) -> Wants:
    """What a turn on a timer looks at; on news of a key it is the key."""
    if not isinstance(event, Fired):
        return Wants(own_key=True)
    asks = WANTS.get(event.kind)
    return asks(event) if asks else Wants()
