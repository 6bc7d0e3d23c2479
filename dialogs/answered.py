"""Who takes which of the CRM's answers: one function for each purpose that a turn asks for."""

from collections.abc import Callable, Mapping

from dialogs import (
    briefing,
    demands,
    digest,
    duties,
    ending,
    errands,
    figures,
    keeper,
    mailing,
    meetings,
    quoting,
    soon,
    talk,
)
from dialogs.events import LookedUp
from dialogs.scene import Scene
from dialogs.turns import Turn

TAKERS: Mapping[str, Callable[[Scene, LookedUp], Turn]] = {
    "duties": duties.shown,
    "duty": duties.looked_at,
    "task_start": errands.started,
    "duplicates": ending.alike,
    "met": meetings.asked_again,
    soon.KIND: soon.looked_at,
    soon.BRIEFING: soon.briefed,
    digest.MEETINGS: digest.of_meetings,
    digest.PURPOSE: digest.shown,
    "kpi": figures.kpi,
    "pipeline": figures.pipeline,
    "recipients": mailing.begun,
    "contacts": mailing.begun,
    mailing.CHECK: mailing.told,
    demands.PURPOSE: demands.matched,
    "quotations": quoting.answered,
    "choices": talk.looked_up,
    "briefing": briefing.shown,
    keeper.PURPOSE: keeper.found,
}
"""By the purpose of the `Asking`."""


def taken(scene: Scene, event: LookedUp) -> Turn:
    """Let whoever asked go on; an answer that nobody takes any more changes nothing."""
    taker = TAKERS.get(event.purpose)
    return taker(scene, event) if taker else Turn(scene.conversation)
