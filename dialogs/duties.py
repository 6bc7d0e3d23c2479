"""A colleague's tasks: the open activities of the CRM that are theirs (process: my tasks).

Listed in pages, shown one at a time with what can be done about it. Knows nothing of cases: a task
may be about an opportunity that was never spoken of here. What comes of it is `errands`' subject.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from dialogs import tokens
from dialogs.entries import staff
from dialogs.events import LookedUp
from dialogs.flow import Dialogue
from dialogs.limits import OPEN_DIALOGUES
from dialogs.lookups import STARTED, Asking, Duties, Duty, DutyList
from dialogs.people import Person
from dialogs.playbook import Form
from dialogs.scene import Scene
from dialogs.shows import Button, Link, Notice, Row
from dialogs.turns import Turn

COMING_DAYS = 14
PAGE = 6
"""Tasks shown at once: as many as a phone shows with a button for each."""
COLLEAGUES = 20
"""Colleagues to choose from."""
PARTS = 3
"""Of the subject of a question about one task: what for, and for whom."""


def asked(scene: Scene, skip: int = 0) -> Turn:
    """Ask the CRM for what is overdue, due today and coming."""
    until = _today(scene) + timedelta(days=COMING_DAYS)
    lookup = Duties(staff(scene.person), until.isoformat(), PAGE, skip=skip)
    return Turn(scene.conversation, asks=(Asking(lookup, "duties"),))


def page(scene: Scene, skip: str) -> Turn:
    """Another page of the list."""
    return asked(scene, int(skip) if skip.isascii() and skip.isdecimal() else 0)


def shown(scene: Scene, event: LookedUp) -> Turn:
    """List them, what is due first on top."""
    if not isinstance(event.answer, DutyList):
        return scene.notice(Notice(scene.say("tasks_unknown"), tone="warning"))
    found = event.answer
    if not found.duties:
        return scene.notice(Notice(scene.say("no_tasks", days=COMING_DAYS), tone="good"))
    numbered = list(enumerate(found.duties, start=found.skipped + 1))
    rows = tuple(row(scene, number, one) for number, one in numbered)
    count = found.skipped + len(rows) + found.more
    buttons = (*(opens(scene, number, one) for number, one in numbered), *_pages(scene, found))
    return scene.notice(Notice(scene.say("tasks", count=count), rows=rows, buttons=buttons))


def row(scene: Scene, number: int, duty: Duty) -> Row:
    """The task as lists show it."""
    stars = f" {'★' * duty.stars}" if duty.stars else ""
    told = scene.say("task", number=number, summary=duty.summary, title=duty.title)
    return Row(_when(scene, duty), told + stars)


def _when(scene: Scene, duty: Duty) -> str:
    due, today = date.fromisoformat(duty.due), _today(scene)
    when = "overdue" if due < today else "today" if due == today else "coming"
    return scene.say(f"task_{when}", day=scene.day(due))


def opens(scene: Scene, number: int, duty: Duty) -> Button:
    """To what can be done about it."""
    text = scene.say("task_open", number=number, summary=_short(duty.summary))
    return Button(text, tokens.free(scene.conversation.id, "task", str(duty.id)))


def _short(text: str, limit: int = 40) -> str:
    return text if len(text) <= limit else f"{text[: limit - 1]}…"


def _pages(scene: Scene, found: DutyList) -> Iterator[Button]:
    talk, after = scene.conversation.id, found.skipped + len(found.duties)
    if found.skipped:
        before = str(max(0, found.skipped - PAGE))
        yield Button(scene.say("tasks_before"), tokens.free(talk, "tasks", before))
    if found.more:
        text = scene.say("tasks_more", count=found.more)
        yield Button(text, tokens.free(talk, "tasks", str(after)))


def one(scene: Scene, activity: str, form: str = "", person: str = "") -> Turn:
    """Ask the CRM how that task stands: to show it, or to begin what is to be done about it."""
    if not (activity.isascii() and activity.isdecimal()):
        return Turn(scene.conversation)
    today = _today(scene).isoformat()
    lookup = Duties(staff(scene.person), today, 1, only=int(activity))
    subject = f"{activity}:{form}:{person}"
    return Turn(scene.conversation, asks=(Asking(lookup, "duty", subject),))


def looked_at(scene: Scene, event: LookedUp) -> Turn:
    """Show the task, or begin the form that is to be filled in about it."""
    if not isinstance(event.answer, DutyList):
        return scene.notice(Notice(scene.say("tasks_unknown"), tone="warning"))
    if not event.answer.duties:
        return scene.notice(Notice(scene.say("task_gone"), "warning", buttons=(again(scene),)))
    duty, parts = event.answer.duties[0], event.subject.split(":")
    form, person = parts[1:PARTS] if len(parts) == PARTS else ("", "")
    asked_form = next((one for one in forms(scene) if one.id == form), None)
    if asked_form is None:
        return scene.notice(_card(scene, duty))
    return begun(scene, asked_form, duty, person)


def again(scene: Scene) -> Button:
    return scene.word("tasks")


def _card(scene: Scene, duty: Duty) -> Notice:
    facts = {
        "task_about": duty.title,
        "task_customer": duty.customer,
        "task_due": _when(scene, duty),
        "task_stars": "★" * duty.stars,
        "task_note": duty.note,
    }
    rows = tuple(Row(scene.say(key), text) for key, text in facts.items() if text)
    link = Link(scene.say("open_crm"), duty.url) if duty.url else None
    return Notice(duty.summary, rows=rows, buttons=tuple(_doing(scene, duty)), link=link)


def _doing(scene: Scene, duty: Duty) -> Iterator[Button]:
    talk, number = scene.conversation.id, str(duty.id)
    if not duty.summary.startswith(STARTED):
        yield Button(scene.say("task_start"), tokens.free(talk, "tstart", number))
    for form in forms(scene):
        text = (form.description or form.title).of(scene.language)
        code = "twho" if form.errand == "hand_on" else "tdo"
        yield Button(text, tokens.free(talk, code, number, form.id))
    yield again(scene)


def forms(scene: Scene) -> tuple[Form, ...]:
    """What the playbook asks about tasks."""
    return tuple(one for one in scene.library.current.playbook.forms if one.opens == "task")


def whom(scene: Scene, activity: str, form: str) -> Turn:
    """Let a colleague be chosen who gets the task."""
    people = colleagues(scene)
    if not people:
        return scene.notice(Notice(scene.say("no_colleagues"), tone="warning"))
    talk = scene.conversation.id
    buttons = tuple(
        Button(person.name, tokens.free(talk, "tgive", activity, form, person.id))
        for person in people
    )
    return scene.notice(Notice(scene.say("task_whom"), buttons=buttons))


def colleagues(scene: Scene) -> tuple[Person, ...]:
    """Whoever works on tasks too, and is in the CRM if the person is."""
    others = [one for one in scene.facts.people.persons.values() if one.id != scene.person.id]
    fitting = [
        one for one in others
        if one.who in {"sales", "management"} and one.in_crm == scene.person.in_crm
    ]  # fmt: skip
    return tuple(sorted(fitting, key=lambda one: (one.name, one.id)))[:COLLEAGUES]


def begun(scene: Scene, form: Form, duty: Duty, person: str) -> Turn:
    """Begin the form about that task; what is under way waits."""
    same = [one for one in scene.conversation.dialogues if _is_about(one, form, duty)]
    others = tuple(one for one in scene.conversation.dialogues if one not in same)
    if len(others) >= OPEN_DIALOGUES:
        buttons = tuple(scene.resumes(one) for one in others)
        text = scene.say("too_many", count=len(others))
        return scene.notice(Notice(text, "warning", buttons=buttons))
    waiting = others[-1] if others else None
    stage = replace(scene, conversation=replace(scene.conversation, dialogues=others))
    rules = scene.library.current
    blank = Dialogue(
        id=scene.facts.event_id,
        form=form.id,
        playbook=rules.playbook.edition,
        state="",
        subject=f"task{duty.id}",
        about=_short(duty.summary.removeprefix(STARTED)),
        began=scene.facts.now,
        duty=duty,
        to=person,
    )
    remark = scene.say("parked", title=scene.name(waiting)) if waiting else ""
    return replace(stage, in_place=False).live(rules.flows[form.id].begin(blank), remark=remark)


def _is_about(dialogue: Dialogue, form: Form, duty: Duty) -> bool:
    return dialogue.form == form.id and dialogue.duty is not None and dialogue.duty.id == duty.id


def _today(scene: Scene) -> date:
    return scene.moment(scene.library.current).now.date()
