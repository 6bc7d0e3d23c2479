"""The buttons of tasks: each with what it leads to. Who may is asked before, by the desk."""

from dialogs import duties
from dialogs.entries import staff
from dialogs.lookups import Asking, Duties
from dialogs.scene import Scene
from dialogs.shows import Notice
from dialogs.tokens import FreeToken
from dialogs.turns import Turn

CODES = ("tasks", "task", "tdo", "twho", "tgive", "tstart")


def pressed(scene: Scene, token: FreeToken) -> Turn:  # noqa: PLR0911 - one return for each button
    """A button of the list, of one task, or a colleague's name."""
    match (token.code, token.args):
        case ("tasks", (skip,)):
            return duties.page(scene, skip)
        case ("task", (activity,)) if activity.isdecimal():
            return duties.one(scene, activity)
        case ("tdo", (activity, form)) if activity.isdecimal():
            return duties.one(scene, activity, form)
        case ("twho", (activity, form)) if activity.isdecimal():
            return duties.whom(scene, activity, form)
        case ("tgive", (activity, form, person)) if activity.isdecimal():
            return duties.one(scene, activity, form, person)
        case ("tstart", (activity,)) if activity.isdecimal():
            lookup = Duties(staff(scene.person), "", 1, only=int(activity))
            return Turn(scene.conversation, asks=(Asking(lookup, "task_start"),))
        case _:
            return scene.notice(Notice(scene.say("task_gone"), tone="warning"))
