"""Who takes a timer that came due: one function for each kind."""

from collections.abc import Callable, Mapping

from dialogs import closing, keys
from dialogs.events import Fired
from dialogs.scene import Scene
from dialogs.turns import Turn

TAKERS: Mapping[str, Callable[[Scene, Fired], Turn]] = {
    keys.ENDING: keys.of_key,
    closing.PARKED: closing.reminded,
}
"""By the kind of the `Timer`."""


def taken(scene: Scene, event: Fired) -> Turn:
    """Let whoever set it go on; one that nobody takes any more changes nothing."""
    taker = TAKERS.get(event.kind)
    return taker(scene, event) if taker else Turn(scene.conversation)
