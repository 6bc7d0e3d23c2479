"""The meeting in an entry for the CRM: when, how long, where, and whether it was agreed.

Reads the playbook's `meeting.` targets. Does not know what else an entry holds, nor any calendar.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from dialogs.case import Case
from dialogs.crm import Delivery, Meeting
from dialogs.phrases import say
from dialogs.playbook import Form, Playbook
from dialogs.records import Record, is_past, target, targets


def appointed(case: Case, form: Form, delivery: Delivery) -> Case:
    """The case that remembers the meeting to come; one that has been is done with."""
    if delivery.meeting is None:
        return case
    if not is_past(form):
        return replace(case, meeting=delivery.key)
    return replace(case, meeting="") if delivery.meeting.key else case


def meeting(playbook: Playbook, form: Form, case: Case, record: Record) -> Meeting | None:
    """The meeting that a finished form tells of, where it tells of one."""
    start = target(form, record, "meeting.start")
    if not isinstance(start, str):
        return None
    subject = target(form, record, "meeting.subject") or say(
        playbook.language, "meeting_with", customer=case.title
    )
    minutes = target(form, record, "meeting.minutes")
    length = int(str(minutes)) if minutes else _planned(playbook, case)
    return Meeting(
        str(subject),
        start,
        length,
        ", ".join(_places(playbook, form, record)),
        key=_meant(playbook, form, case, start),
        invite=target(form, record, "meeting.invite") is True,
        held=_held(playbook, form, record),
    )


def _held(playbook: Playbook, form: Form, record: Record) -> tuple[str, str] | None:
    """That it took place, in the words of the question that was answered so."""
    for asked, held in targets(form, record, "meeting.held"):
        if held is True:
            said = asked.kind.show(held, playbook.language, playbook.currency)
            return asked.label.of(playbook.language), said
    return None


def _meant(playbook: Playbook, form: Form, case: Case, start: str) -> str:
    """Key of the meeting that was agreed, where that is the one that was; not one still to come."""
    agreed = _agreed(playbook, case)
    if not is_past(form) or agreed is None:
        return ""
    later = datetime.fromisoformat(agreed) - datetime.fromisoformat(start)
    return case.meeting if later <= timedelta(days=1) else ""


def _agreed(playbook: Playbook, case: Case) -> str | None:
    """When the meeting that is to come was agreed for."""
    for form in playbook.forms if case.meeting else ():
        start = target(form, case.forms.get(form.id, {}), "meeting.start")
        if isinstance(start, str) and not is_past(form):
            return start
    return None


def _planned(playbook: Playbook, case: Case) -> int:
    """How many minutes were agreed when the appointment was made."""
    for form in playbook.forms if case.meeting else ():
        minutes = target(form, case.forms.get(form.id, {}), "meeting.minutes")
        if minutes:
            return int(str(minutes))
    return 60


def _places(playbook: Playbook, form: Form, record: Record) -> Iterator[str]:
    for question, value in targets(form, record, "meeting.location"):
        yield question.kind.show(value, playbook.language, playbook.currency)
