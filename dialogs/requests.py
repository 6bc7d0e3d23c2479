"""Information about a case that somebody else has: asked for, answered, kept on the opportunity.

A colleague answers in their own chat, with words or a file, or can't say; what anybody else says
is entered by whoever asked. A second answer adds to the first.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from dialogs.answers.echo import day
from dialogs.case import Case
from dialogs.crm import Note
from dialogs.entries import about, keeping
from dialogs.files import Attached
from dialogs.flow import Dialogue
from dialogs.people import Person, may
from dialogs.phrases import say
from dialogs.playbook import Form
from dialogs.records import Record, target
from dialogs.request_events import Informed, Requested
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Button, Notice, Row
from dialogs.tokens import free
from dialogs.turns import Conversation, Request, Tell, Turn

KIND = "info"
"""What the entries that bring an answer are called in the CRM's keys."""
TELL, CANT, HEARD = "tell", "cant", "heard"
"""The codes of the buttons: answer it, can't say, enter what somebody said."""
MOST = 20
"""Requests kept for one person, each way; the oldest give way, answered ones first."""


def sent(scene: Scene, case: Case, form: Form) -> Turn:
    """A finished form that asks for something: whoever can be asked here is asked in their chat."""
    record = case.forms[form.id]
    question = target(form, record, "request.question")
    if not isinstance(question, str):
        return Turn(scene.conversation)
    colleague = _colleague(scene, form, record)
    mine = Request(
        id=scene.facts.event_id,
        case=case.id,
        title=case.title,
        whom=_whom(scene, case, form, record),
        question=question,
        at=scene.facts.now,
        of_colleague=colleague is not None,
        due=str(target(form, record, "request.due") or ""),
    )
    stage = replace(scene, conversation=_with(scene.conversation, mine))
    if colleague is None:
        return stage.notice(_to_hear(stage, form, record, mine), f"i:{mine.id}")
    told = stage.notice(Notice(scene.say("info_asked", name=colleague.name)), f"i:{mine.id}")
    event = Requested(mine.id, case.id, scene.person.id, case.title, question, mine.due)
    return replace(told, tells=(Tell(f"requested:{mine.id}", colleague.id, event),))


def _colleague(scene: Scene, form: Form, record: Record) -> Person | None:
    """The colleague who was chosen, where they have a chat with us."""
    named = target(form, record, "request.person")
    key = str(named.get("person") or "") if isinstance(named, dict) else ""
    person = scene.facts.people.persons.get(key)
    return person if person is not None and person.addresses else None


def _whom(scene: Scene, case: Case, form: Form, record: Record) -> str:
    for named in (target(form, record, "request.person"), target(form, record, "mail.to")):
        if isinstance(named, dict):
            return str(named.get("name") or named.get("email") or "?")
    return case.customer.name if case.customer else scene.say("somebody")


def _to_hear(scene: Scene, form: Form, record: Record, mine: Request) -> Notice:
    """They answer elsewhere: by e-mail, or when the person asks them."""
    if target(form, record, "mail.to") is not None:
        text = scene.say("info_mailed", name=mine.whom)
    elif target(form, record, "request.person") is not None:
        text = scene.say("info_no_chat", name=mine.whom)
    else:
        text = scene.say("info_yourself", name=mine.whom)
    return Notice(text, buttons=tuple(hearing(scene, mine)))


def _with(conversation: Conversation, mine: Request) -> Conversation:
    """The conversation with the request as it stands now."""
    others = [one for one in conversation.requested if one.id != mine.id]
    over = [one for one in others if not one.waits]
    while len(others) >= MOST:
        others.remove(over.pop(0) if over else others[0])
    kept = sorted((*others, mine), key=lambda one: one.at)
    return replace(conversation, requested=tuple(kept))


def heard(scene: Scene, event: Requested | Informed) -> Turn:
    """What one colleague tells another."""
    return _asked(scene, event) if isinstance(event, Requested) else _informed(scene, event)


def _asked(scene: Scene, event: Requested) -> Turn:
    """In the colleague's conversation: the question, with both answers as buttons."""
    others = [one for one in scene.conversation.requests if one.request != event.request]
    stage = replace(
        scene, conversation=replace(scene.conversation, requests=(*others, event)[-MOST:])
    )
    asker = scene.facts.people.persons.get(event.asker)
    name = asker.name if asker else "?"
    text = scene.say("info_question", name=name, title=event.title, question=event.question)
    rows = (Row(scene.say("info_due"), _day(scene, event.due)),) if event.due else ()
    buttons = (
        Button(scene.say("info_tell"), free(stage.conversation.id, TELL, event.request), "primary"),
        Button(scene.say("info_cant"), free(stage.conversation.id, CANT, event.request)),
    )
    return stage.notice(Notice(text, rows=rows, buttons=buttons), f"info:{event.request}")


def _day(scene: Scene, iso: str) -> str:
    return scene.day(date.fromisoformat(iso))


def asked_of_me(scene: Scene, request: str) -> Requested | None:
    kept = scene.conversation.requests
    return next((one for one in kept if one.request == request), None)


def asked_by_me(scene: Scene, request: str) -> Request | None:
    return next((one for one in scene.conversation.requested if one.id == request), None)


def answered(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """The colleague has answered, or can't: whoever asked is told."""
    event = asked_of_me(scene, dialogue.subject)
    if event is None:
        return scene.closing(Notice(scene.say("info_gone"), tone="warning"))
    given = record.get("verdict") == "given"
    asker = scene.facts.people.persons.get(event.asker)
    key = "info_you_told" if given else "info_you_cant"
    add = Button(scene.say("info_add"), free(scene.conversation.id, TELL, event.request))
    text = scene.say(key, name=asker.name if asker else "?", title=event.title)
    told = scene.closing(Notice(text, "good", buttons=(add,)))
    answer = Informed(
        request=event.request,
        case=event.case,
        by=scene.person.id,
        given=given,
        text=str(record.get("answer" if given else "why") or ""),
        files=dialogue.files,
    )
    action = "inform" if given else "decline"
    return replace(
        told,
        tells=(Tell(f"informed:{scene.facts.event_id}", event.asker, answer),),
        audit=(AuditLine(scene.person.id, action, event.request),),
    )


def _informed(scene: Scene, event: Informed) -> Turn:
    """In the conversation of whoever asked: the answer, which goes onto the opportunity."""
    mine, case = asked_by_me(scene, event.request), scene.facts.cases.get(event.case)
    colleague = scene.facts.people.persons.get(event.by)
    if mine is None or case is None or colleague is None:
        return Turn(scene.conversation)
    known = replace(mine, answers=mine.answers + event.given, declined=not event.given)
    stage = replace(scene, conversation=_with(scene.conversation, known))
    if not event.given:
        return stage.notice(_declined(stage, case, mine, colleague, event.text))
    rows = [Row(scene.say("info_question_row"), mine.question)]
    if event.files:
        rows.append(Row(scene.say("files"), _names(event.files)))
    text = scene.say("info_answer", name=colleague.name, title=case.title, answer=event.text)
    told = stage.notice(Notice(text, "good", rows=tuple(rows)))
    helped = replace(case, helpers=tuple(dict.fromkeys((*case.helpers, colleague.id))))
    entry = _entry(stage, helped, mine, colleague.name, event.text, event.files)
    return follow(told, replace(entry, conversation=told.conversation))


def _declined(scene: Scene, case: Case, mine: Request, colleague: Person, why: str) -> Notice:
    rows = [Row(scene.say("info_question_row"), mine.question)]
    rows += [Row(scene.say("info_why"), why)] if why else []
    text = scene.say("info_declined", name=colleague.name, title=mine.title)
    again = tuple(_starts(scene, case, scene.say("info_somebody_else")))
    return Notice(text, "warning", rows=tuple(rows), buttons=again)


def _names(files: tuple[Attached, ...]) -> str:
    return ", ".join(one.name for one in files)


def entered(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """The person enters what somebody without a chat has said."""
    mine, case = asked_by_me(scene, dialogue.subject), scene.facts.cases.get(dialogue.mark)
    if mine is None or case is None:
        return scene.closing(Notice(scene.say("info_gone"), tone="warning"))
    known = replace(mine, answers=mine.answers + 1)
    stage = replace(scene, conversation=_with(scene.conversation, known))
    add = Button(scene.say("info_add"), free(scene.conversation.id, HEARD, mine.id))
    text = scene.say("info_kept", name=mine.whom, title=case.title)
    told = stage.closing(Notice(text, "good", buttons=(add,)))
    entry = _entry(stage, case, mine, mine.whom, str(record.get("answer") or ""), dialogue.files)
    audit = AuditLine(scene.person.id, "inform", mine.id)
    return replace(follow(told, replace(entry, conversation=told.conversation)), audit=(audit,))


def _entry(  # noqa: PLR0917 - what the answer is made of
    scene: Scene, case: Case, mine: Request, by: str, text: str, files: tuple[Attached, ...]
) -> Turn:
    """The entry that puts an answer on the opportunity: who asked whom, when, and what."""
    language = scene.library.of(case.playbook).playbook.language
    asked = datetime.fromtimestamp(mine.at / 1000, ZoneInfo(scene.facts.zone or scene.person.zone))
    when = day(asked.date(), language)
    rows = [
        (say(language, "info_note_asked", name=scene.person.name, when=when), mine.question),
        (say(language, "info_note_answer", name=by), text),
    ]
    rows += [(say(language, "files"), _names(files))] if files else []
    note = Note(say(language, "info_heading"), tuple(rows))
    delivery = replace(
        about(case, KIND, scene.person, scene.person, note),
        files=files,
    )
    return Turn(scene.conversation, cases=(keeping(case, delivery),), deliveries=(delivery,))


def remark(scene: Scene, mine: Request) -> str:
    """What was asked, above the field for the answer."""
    return scene.say("info_asked_before", name=mine.whom, question=mine.question)


def waiting(scene: Scene, case: str = "") -> list[Request]:
    """What nobody has answered yet, the earliest first; of one case where one is named."""
    mine = scene.conversation.requested
    return [one for one in mine if one.waits and case in {"", one.case}]


def rows(scene: Scene, requests: list[Request]) -> Iterator[Row]:
    """A line for each: of whom it was asked when, and what."""
    for one in requests:
        asked = datetime.fromtimestamp(one.at / 1000, ZoneInfo(scene.person.zone)).date()
        label = scene.say("info_row", name=one.whom, day=scene.day(asked))
        due = scene.say("info_row_due", day=_day(scene, one.due)) if one.due else ""
        yield Row(label, " ".join(filter(None, (one.question, due))))


def rows_of_all(scene: Scene, most: int) -> Iterator[Row]:
    """The same for the digest, with the case that each is about."""
    there = waiting(scene)
    named = [replace(one, question=f"{one.title} · {one.question}") for one in there[:most]]
    yield from rows(scene, named)
    if len(there) > most:
        more = scene.say("digest_more", count=len(there) - most)
        yield Row(scene.say("info_rows_more"), more)


def hearing(scene: Scene, mine: Request) -> Iterator[Button]:
    """The button that enters what they said; a colleague says it in their own chat."""
    if not mine.of_colleague:
        token = free(scene.conversation.id, HEARD, mine.id)
        yield Button(scene.say("info_hear", name=mine.whom), token)


def buttons(scene: Scene, case: Case) -> Iterator[Button]:
    """To enter the answers to a case's requests."""
    for one in waiting(scene, case.id):
        yield from hearing(scene, one)


def _starts(scene: Scene, case: Case, text: str) -> Iterator[Button]:
    rules = scene.library.of(case.playbook)
    if not may(scene.person, "request", owner=case.owner):
        return
    for form in rules.playbook.forms:
        if form.action == "request" and rules.lifecycle.fits(form, case.step):
            yield scene.starts(form, case.id, text)
