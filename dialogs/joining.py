"""A colleague is asked to an appointment, and answers: accepted or declined, with a note.

The one who asks, the one who is asked, and the answer on its way back are three conversations'
turns; the keys of what they tell each other make each happen once.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from dialogs.answers import echo
from dialogs.case import Case
from dialogs.crm import JsonValue, Note, Staff
from dialogs.entries import about, keeping, staff, text
from dialogs.events import Invited, Joined
from dialogs.flow import Dialogue
from dialogs.people import Person
from dialogs.phrases import say
from dialogs.playbook import Form
from dialogs.records import Record
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Button, Notice, Row
from dialogs.tokens import free
from dialogs.turns import Tell, Turn

KIND = "join"
"""What the entries of those who come along are called in the CRM's keys."""
COME, STAY = "come", "stay"
"""The codes of the two buttons under an invitation."""
MOST = 20
"""Invitations kept for one person; the oldest give way."""


def invited(scene: Scene, case: Case, form: Form) -> Turn:
    """Ask the colleague whom a record names, in their chat; without one, say so."""
    record = case.forms[form.id]
    named = _answer(form, record, "attendee.person")
    if not isinstance(named, dict):
        return Turn(scene.conversation)
    person = scene.facts.people.persons.get(str(named.get("person") or ""))
    if person is None or not person.addresses:
        return _without_chat(scene, case, person, named)
    asking = Invited(
        invitation=scene.facts.event_id,
        case=case.id,
        asker=scene.person.id,
        title=case.title,
        start=_start(scene, case),
        reason=_reason(scene, form, record),
        message=str(_answer(form, record, "attendee.message") or ""),
    )
    told = scene.notice(Notice(scene.say("join_asked", name=person.name)), f"j:{asking.invitation}")
    return replace(told, tells=(Tell(f"invited:{asking.invitation}", person.id, asking),))


def _answer(form: Form, record: Record, target: str) -> JsonValue:
    return next((record.get(one.id) for one in form.questions if one.crm == target), None)


def _reason(scene: Scene, form: Form, record: Record) -> str:
    asked = next((one.id for one in form.questions if one.crm == "attendee.reason"), "")
    return text(scene.library.current.playbook, form, asked, record) if asked else ""


def _start(scene: Scene, case: Case) -> str:
    """When the appointment is, as far as the case knows."""
    playbook = scene.library.of(case.playbook).playbook
    for form in playbook.forms if case.meeting else ():
        start = _answer(form, case.forms.get(form.id, {}), "meeting.start")
        if isinstance(start, str):
            return start
    return ""


def _without_chat(
    scene: Scene, case: Case, person: Person | None, named: Mapping[str, JsonValue]
) -> Turn:
    """Nobody can ask them here: they are put on the meeting, and the person tells them."""
    number = named.get("id")
    found = Staff(str(named["name"]), None, number if isinstance(number, int) else None)
    told = scene.notice(
        Notice(scene.say("join_no_chat", name=named["name"]), tone="warning"),
        f"j:{scene.facts.event_id}",
    )
    return follow(told, _entered(scene, case, staff(person) if person else found))


def heard(scene: Scene, event: Invited | Joined) -> Turn:
    """What one colleague tells another."""
    return asked(scene, event) if isinstance(event, Invited) else joined(scene, event)


def asked(scene: Scene, event: Invited) -> Turn:
    """In the colleague's conversation: the question, with both answers as buttons."""
    others = [one for one in scene.conversation.invitations if one.invitation != event.invitation]
    talk = replace(scene.conversation, invitations=(*others, event)[-MOST:])
    stage = replace(scene, conversation=talk)
    return stage.notice(_question(stage, event), _slot(event.invitation))


def _slot(invitation: str) -> str:
    return f"join:{invitation}"


def _question(scene: Scene, event: Invited) -> Notice:
    asker = scene.facts.people.persons.get(event.asker)
    name = asker.name if asker else "?"
    rows = [
        Row(scene.say("join_when"), when(scene, event.start)) if event.start else None,
        Row(scene.say("join_reason"), event.reason) if event.reason else None,
        Row(scene.say("join_message"), event.message) if event.message else None,
    ]
    buttons = (
        Button(
            scene.say("join_accept"),
            free(scene.conversation.id, COME, event.invitation),
            style="primary",
        ),
        Button(scene.say("join_decline"), free(scene.conversation.id, STAY, event.invitation)),
    )
    said = scene.say("join_question", name=name, title=event.title)
    return Notice(said, rows=tuple(row for row in rows if row), buttons=buttons)


def when(scene: Scene, start: str) -> str:
    """A moment on the reader's clock."""
    at = datetime.fromisoformat(start).astimezone(ZoneInfo(scene.person.zone))
    return echo.moment(at, scene.language)


def waiting(scene: Scene, invitation: str) -> Invited | None:
    """The invitation, while it is not answered."""
    kept = scene.conversation.invitations
    return next((one for one in kept if one.invitation == invitation), None)


def answered(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """The colleague has said yes or no: tell whoever asked, and close the question."""
    event = waiting(scene, dialogue.subject)
    if event is None:
        return scene.closing(Notice(scene.say("join_gone"), tone="warning"))
    left = tuple(one for one in scene.conversation.invitations if one is not event)
    stage = replace(scene, conversation=replace(scene.conversation, invitations=left))
    accepted = record.get("answer") == "accepted"
    key = "join_you_come" if accepted else "join_you_decline"
    told = stage.closing(Notice(scene.say(key, title=event.title), tone="good"))
    remark = str(record.get("remark") or "")
    joined_ = Joined(event.invitation, event.case, scene.person.id, accepted, remark)
    audit = AuditLine(scene.person.id, "accept" if accepted else "decline", event.invitation)
    key = f"joined:{event.invitation}"
    return replace(told, tells=(Tell(key, event.asker, joined_),), audit=(audit,))


def joined(scene: Scene, event: Joined) -> Turn:
    """In the asker's conversation: the attendee goes to the CRM, or somebody else is asked."""
    case = scene.facts.cases.get(event.case)
    colleague = scene.facts.people.persons.get(event.by)
    if case is None or colleague is None:
        return Turn(scene.conversation)
    rows = (Row(scene.say("join_note"), event.remark),) if event.remark else ()
    key = "join_comes" if event.accepted else "join_declined"
    said = scene.say(key, name=colleague.name, title=case.title)
    if event.accepted:
        told = scene.notice(Notice(said, tone="good", rows=rows))
        helpers = tuple(dict.fromkeys((*case.helpers, colleague.id)))
        helped = replace(case, helpers=helpers)
        entered = _entered(scene, helped, staff(colleague), event.remark, agreed=True)
        return follow(told, entered)
    again = [one for one in scene.library.current.playbook.forms if one.action == "invite"]
    others = tuple(scene.starts(one, case.id, scene.say("join_somebody_else")) for one in again)
    return scene.notice(Notice(said, tone="warning", rows=rows, buttons=others))


def _entered(
    scene: Scene, case: Case, colleague: Staff, remark: str = "", *, agreed: bool = False
) -> Turn:
    """The entry that puts somebody on the meeting."""
    language = scene.library.of(case.playbook).playbook.language
    rows = [(say(language, "join_participant"), colleague.name)]
    rows += [(say(language, "join_note"), remark)] if remark else []
    note = Note(say(language, "join_heading"), tuple(rows))
    delivery = replace(
        about(case, KIND, scene.person, scene.person, note),
        attendees=(colleague,),
        joins=case.meeting,
        agreed=agreed,
    )
    return Turn(scene.conversation, cases=(keeping(case, delivery),), deliveries=(delivery,))
