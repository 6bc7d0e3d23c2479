"""The buttons of tasks: each with what it leads to. Who may is asked before, by the desk."""

from collections.abc import Callable, Mapping

from dialogs import duties
from dialogs.entries import staff
from dialogs.lookups import Asking, Duties
from dialogs.scene import Scene
from dialogs.shows import Notice
from dialogs.turns import Turn


def one(scene: Scene, activity: str, form: str = "", person: str = "") -> Turn:
    """One task: to look at, or to fill in that form about it, for that colleague."""
    return duties.one(scene, activity, form, person) if activity.isdecimal() else _gone(scene)


def whom(scene: Scene, activity: str, form: str) -> Turn:
    """Let a colleague be chosen."""
    return duties.whom(scene, activity, form) if activity.isdecimal() else _gone(scene)


def started(scene: Scene, activity: str) -> Turn:
    """Say that somebody has begun, once the CRM has said what the task is."""
    if not activity.isdecimal():
        return _gone(scene)
    lookup = Duties(staff(scene.person), "", 1, only=int(activity))
    return Turn(scene.conversation, asks=(Asking(lookup, "task_start"),))


def _gone(scene: Scene) -> Turn:
    return scene.notice(Notice(scene.say("task_gone"), tone="warning"))


BUTTONS: Mapping[tuple[str, int], Callable[..., Turn]] = {
    ("tasks", 1): duties.page,
    ("task", 1): one,
    ("tdo", 2): one,
    ("twho", 2): whom,
    ("tgive", 3): one,
    ("tstart", 1): started,
}
"""By code and number of arguments."""
