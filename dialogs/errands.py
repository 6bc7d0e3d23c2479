"""What is done about a task, begun, completed, moved or handed on; and what the CRM made of it.

The task is one of the CRM's: what a person did there meanwhile stays, and is told instead.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import assert_never

from dialogs import duties, tokens
from dialogs.crm import Delivery, Errand, JsonValue, Note, Overtaken
from dialogs.entries import staff
from dialogs.events import Delivered, LookedUp
from dialogs.flow import Dialogue
from dialogs.lookups import STARTED, Duty, DutyList
from dialogs.people import Person
from dialogs.phrases import say
from dialogs.playbook import Form
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import Button, Link, Notice, Row, Say
from dialogs.turns import Turn

Record = dict[str, JsonValue]
KIND = "task"


def started(scene: Scene, event: LookedUp) -> Turn:
    """Say in the CRM that somebody has begun."""
    found = event.answer.duties if isinstance(event.answer, DutyList) else ()
    if not found or found[0].summary.startswith(STARTED):
        return duties.looked_at(scene, replace(event, subject=""))
    duty = found[0]
    errand = Errand(duty.id, "start", duty.summary, duty.due)
    language = scene.library.current.playbook.language
    note = Note(say(language, "task_note_start"), tuple(_task(language, duty)))
    told = scene.notice(Notice(scene.say("task_kept", summary=duty.summary), tone="good"))
    return _entered(scene, told, duty, errand, note)


def finished(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """Act on the confirmed answers about a task."""
    form, duty = scene.form(dialogue), dialogue.duty
    heir = scene.facts.people.persons.get(dialogue.to)
    if duty is None or form.errand is None or (form.errand == "hand_on" and heir is None):
        return scene.closing(Notice(scene.say("task_gone"), tone="warning"))
    errand = Errand(
        activity=duty.id,
        what=form.errand,
        summary=duty.summary,
        due=duty.due,
        result=_answer(form, record, "task.result"),
        day=_answer(form, record, "task.day"),
        to=staff(heir) if heir else None,
    )
    told = scene.closing(Notice(scene.say("kept", title=scene.name(dialogue)), tone="good"))
    return _entered(scene, told, duty, errand, _note(scene, dialogue, duty, record, heir))


def _answer(form: Form, record: Record, target: str) -> str:
    named = (record.get(one.id) for one in form.questions if one.crm == target)
    return next((str(value) for value in named if value is not None), "")


def _note(
    scene: Scene, dialogue: Dialogue, duty: Duty, record: Record, heir: Person | None
) -> Note:
    playbook, form = scene.rules(dialogue).playbook, scene.form(dialogue)
    language = playbook.language
    answers = (
        (one.label.of(language), one.kind.show(record[one.id], language, playbook.currency))
        for one in form.questions
        if one.id in record
    )
    now = ((say(language, "task_to"), heir.name),) if heir else ()
    return Note(form.title.of(language), (*_task(language, duty), *now, *answers))


def _task(language: str, duty: Duty) -> Iterator[tuple[str, str]]:
    yield say(language, "task_label"), duty.summary.removeprefix(STARTED)


def _entered(scene: Scene, told: Turn, duty: Duty, errand: Errand, note: Note) -> Turn:
    me = staff(scene.person)
    case = f"o{duty.opportunity}"
    delivery = Delivery(
        key=f"{case}-{KIND}-{scene.facts.event_id}",
        case=case,
        kind=KIND,
        author=me,
        owner=me,
        title=duty.title,
        customer=None,
        note=note,
        lead=duty.opportunity,
        errand=errand,
    )
    audit = AuditLine(scene.person.id, f"task:{errand.what}", str(duty.id))
    return replace(told, deliveries=(delivery,), audit=(audit,))


def delivered(scene: Scene, event: Delivered, errand: Errand) -> Turn:
    """The CRM has it, or a person was faster: say so; whoever got the task is told too."""
    conversation = replace(scene.conversation, told_delay=False)
    stage = replace(scene, conversation=conversation)
    summary = errand.summary.removeprefix(STARTED)
    link = Link(scene.say("open_crm"), event.url) if event.url else None
    more = (duties.again(scene),)
    if event.overtaken is not None:
        text = overtaken(scene, event.overtaken, summary)
        notice = Notice(text, "warning", buttons=more, link=link)
        return stage.notice(notice, f"entry:{event.key}")
    day = scene.day(date.fromisoformat(errand.day)) if errand.day else ""
    name = errand.to.name if errand.to else ""
    text = scene.say(f"task_is_{errand.what}", summary=summary, day=day, name=name)
    turn = stage.notice(Notice(text, "good", buttons=more, link=link), f"entry:{event.key}")
    return replace(turn, says=turn.says + _handed(scene, event, errand))


def overtaken(scene: Scene, faster: Overtaken, title: str) -> str:
    """What a person had done before, so that nothing was changed."""
    what = faster.what
    match faster.how:
        case "moved":
            what = scene.day(date.fromisoformat(what)) if what else ""
        case "gone" | "done" | "given" | "taken" | "closed":
            pass
        case _:
            assert_never(faster.how)
    return scene.say(f"overtaken_{faster.how}", title=title, what=what)


def _handed(scene: Scene, event: Delivered, errand: Errand) -> tuple[Say, ...]:
    heir = _person(scene, errand) if errand.what == "hand_on" else None
    if heir is None:
        return ()
    language = heir.language
    text = say(language, "task_handed", name=scene.person.name, summary=errand.summary)
    rows = (Row(say(language, "task_word"), errand.result),) if errand.result else ()
    opens = tokens.free(heir.id, "task", str(errand.activity))
    button = Button(say(language, "task_show"), opens)
    link = Link(say(language, "open_crm"), event.url) if event.url else None
    return scene.inform(heir, Notice(text, rows=rows, buttons=(button,), link=link))


def _person(scene: Scene, errand: Errand) -> Person | None:
    people = scene.facts.people.persons.values()
    return next((one for one in people if staff(one) == errand.to), None)
