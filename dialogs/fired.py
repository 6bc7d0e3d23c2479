"""Who takes a timer that came due: one function for each kind that a turn arms."""

from collections.abc import Callable, Mapping

from dialogs import keys, lead_news, meetings, soon
from dialogs.events import Fired
from dialogs.scene import Scene
from dialogs.turns import Turn

TAKERS: Mapping[str, Callable[[Scene, Fired], Turn]] = {
    keys.ENDING: keys.of_key,
    meetings.LATER: meetings.due,
    soon.KIND: soon.due,
    lead_news.KIND: lead_news.due,
}
"""By the kind of the `Timer`."""


def taken(scene: Scene, event: Fired) -> Turn:
    """Let whoever armed it go on; a timer of a kind that nobody knows any more changes nothing."""
    taker = TAKERS.get(event.kind)
    return taker(scene, event) if taker else Turn(scene.conversation)
