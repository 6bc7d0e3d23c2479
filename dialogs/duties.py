"""A colleague's tasks: the open activities of the CRM that are theirs (process: my tasks).

Knows nothing of cases: a task may be about an opportunity that was never spoken of here.
"""

from datetime import date, timedelta

from dialogs.entries import staff
from dialogs.events import LookedUp
from dialogs.lookups import Asking, Duties, Duty, DutyList
from dialogs.scene import Scene
from dialogs.shows import Notice, Row
from dialogs.turns import Turn

COMING_DAYS = 14


def asked(scene: Scene) -> Turn:
    """Ask the CRM for what is overdue, due today and coming."""
    until = _today(scene) + timedelta(days=COMING_DAYS)
    lookup = Duties(staff(scene.person), until.isoformat())
    return Turn(scene.conversation, asks=(Asking(lookup, "duties"),))


def shown(scene: Scene, event: LookedUp) -> Turn:
    """List them, what is due first on top."""
    if not isinstance(event.answer, DutyList):
        return scene.notice(Notice(scene.say("tasks_unknown"), tone="warning"))
    if not event.answer.duties:
        return scene.notice(Notice(scene.say("no_tasks", days=COMING_DAYS), tone="good"))
    rows = tuple(_row(scene, one) for one in event.answer.duties)
    return scene.notice(Notice(scene.say("tasks", count=len(rows)), rows=rows))


def _row(scene: Scene, duty: Duty) -> Row:
    due, today = date.fromisoformat(duty.due), _today(scene)
    when = "overdue" if due < today else "today" if due == today else "coming"
    day = scene.say(f"task_{when}", day=scene.day(due))
    return Row(day, scene.say("task", summary=duty.summary, title=duty.title))


def _today(scene: Scene) -> date:
    return scene.moment(scene.library.current).now.date()
