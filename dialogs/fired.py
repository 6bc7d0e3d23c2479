"""Who takes a timer that came due: one function for each kind that a turn arms."""

from collections.abc import Callable, Mapping

from dialogs import keys, mailing
from dialogs.events import Fired
from dialogs.scene import Scene
from dialogs.turns import Turn

TAKERS: Mapping[str, Callable[[Scene, Fired], Turn]] = {
    keys.ENDING: keys.of_key,
    mailing.CHECK: mailing.checked,
}
"""By the kind of the `Timer`."""


def taken(scene: Scene, event: Fired) -> Turn:
    """Let its taker act; a kind that nobody arms any more changes nothing."""
    taker = TAKERS.get(event.kind)
    return taker(scene, event) if taker else Turn(scene.conversation)
