"""From answers to an entry for the CRM: which answer goes to which field, and the note of all.

Reads the playbook's `crm` targets; knows no CRM product. The record is in the company's language.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from dialogs import appointments, ballot
from dialogs.answers import demand, echo, units
from dialogs.case import Case
from dialogs.crm import (
    Activity,
    Closing,
    Delivery,
    JsonTable,
    Mail,
    Note,
    Order,
    OrderLine,
    Staff,
    Value,
)
from dialogs.files import Attached
from dialogs.people import Directory, Person, name_of
from dialogs.phrases import say
from dialogs.playbook import Form, Handover, Playbook, Question
from dialogs.records import Record, contact, target
from dialogs.turns import Approval, Vote

_PARTS = (
    "customer",
    "title",
    "meeting.",
    "activity.",
    "lost.",
    "task.",
    "contact.",
    "opportunity.",
    "attendee.",
    "mail.",
    "order.",
    "request.",
    "partner.",
)
_ELSEWHERE = frozenset({"mail.language", "mail.body"})
"""Targets that no note repeats."""


def staff(person: Person) -> Staff:
    return Staff(person.name, person.login, person.crm_user)


def about(case: Case, kind: str, author: Person, owner: Person, note: Note) -> Delivery:
    """What every entry about a case says: its key, whose it is, and what it comes after."""
    return Delivery(
        key=next_key(case, kind),
        case=case.id,
        kind=kind,
        author=staff(author),
        owner=staff(owner),
        title=case.title,
        customer=case.customer,
        note=note,
        after=case.deliveries,
        lead=case.lead,
    )


def entry(
    playbook: Playbook,
    form: Form,
    case: Case,
    author: Person,
    owner: Person,
    *,
    zone: str = "",
    was: Case | None = None,
    files: tuple[Attached, ...] = (),
) -> Delivery:
    """The entry for a finished form of a case; the case already holds the record.

    Times are said on the clock of `zone`, the company's, and beside it on the author's. `was` is
    the case before the form: what has changed is told as old and new.
    """
    record = case.forms[form.id]
    clocks = (zone, author.zone)
    before = was.forms.get(form.id, {}) if was and form.revised else {}
    rows = (*_rows(playbook, form, record, clocks, before), *_named(playbook, files))
    made = was is None and case.lead is None
    return replace(
        about(case, form.id, author, owner, Note(form.title.of(playbook.language), rows)),
        opportunity=dict(_fields(playbook, form, record)),
        partner=dict(_partner(playbook, form, record)),
        stage=(case.stage or None) if made or (was and was.stage != case.stage) else None,
        meeting=appointments.meeting(playbook, form, case, record),
        activity=_activity(playbook, form, record),
        finishes=_finished(playbook, case, was),
        closing=_closing(playbook, form, case, record),
        team=case.team or None if made else None,
        mail=_mail(form, record),
        order=_order(playbook, form, record),
        contact=contact(form, record),
        files=files,
    )


def _finished(playbook: Playbook, case: Case, was: Case | None) -> tuple[str, ...]:
    """What was still to be done of a case that is over now."""
    over = was is not None and was.step != case.step and playbook.steps[case.step].over
    return case.deliveries if over else ()


def _closing(playbook: Playbook, form: Form, case: Case, record: Record) -> Closing | None:
    if not form.moves or playbook.steps[case.step].outcome != "lost":
        return None
    return closed_as_lost(playbook, form, record)


def closed_as_lost(playbook: Playbook, form: Form, record: Record) -> Closing:
    """Closing for the reason that was chosen in that form."""
    reason = target(form, record, "lost.reason")
    named = (one.text.by_language for one in playbook.lost_reasons if one.id == reason)
    return Closing("lost", dict(next(named, {})))


def said_before(playbook: Playbook, case: Case, field: str) -> Iterator[Value]:
    """The value that the last answers of a case gave to a field of the CRM."""
    for form in playbook.forms:
        for name, value in _fields(playbook, form, case.forms.get(form.id, {})):
            if name == field:
                yield value


def _kind_of(key: str) -> str:
    return key.split("-")[1]


def _named(playbook: Playbook, files: tuple[Attached, ...]) -> Iterator[tuple[str, str]]:
    if files:
        yield say(playbook.language, "files"), ", ".join(one.name for one in files)


def next_key(case: Case, kind: str) -> str:
    """The exactly-once key: it names the case, the kind, and how often that came before."""
    before = sum(1 for key in case.deliveries if _kind_of(key) == kind)
    return f"{case.id}-{kind}-{before + 1}"


def keeping(case: Case, delivery: Delivery) -> Case:
    return replace(case, deliveries=(*case.deliveries, delivery.key))


def noted(
    playbook: Playbook,
    form: Form,
    case: Case,
    author: Person,
    owner: Person,
    *,
    rows: tuple[tuple[str, str], ...] = (),
    record: Record | None = None,
) -> Delivery:
    """An entry that brings a note: these rows, then the answers of the record."""
    said = tuple(_rows(playbook, form, record or {}, ("", author.zone), {}))
    note = Note(form.title.of(playbook.language), (*rows, *said))
    return about(case, form.id, author, owner, note)


def target_field(playbook: Playbook, target: Handover) -> dict[str, Value]:
    """The field of the opportunity that says where it was handed over to."""
    name = playbook.decision.fields.get("target")
    return {name: Value(target.id, target.text.of(playbook.language))} if name else {}


def ruled(
    playbook: Playbook,
    case: Case,
    approval: Approval,
    *,
    record: Record,
    by: Person,
    owner: Person,
    before: Record,
    people: Directory,
) -> Delivery:
    """The entry for a decision: who decided what when, the stage, the tag of a hand-over.

    Nothing stays of `before`, what was decided the last time, but its note.
    """
    form = playbook.form_by_id[playbook.decision.form]
    facts = dict(_verdict(playbook, form, approval, record, by))
    step = playbook.steps[case.step]
    language = playbook.language
    rows = [(playbook.labels[fact].of(language), value.text) for fact, value in facts.items()]
    rows += _votes(playbook, form, approval, people)
    return replace(
        about(case, form.id, by, owner, Note(form.title.of(language), tuple(rows))),
        opportunity={
            name: facts.get(fact, Value(None, ""))
            for fact, name in playbook.decision.fields.items()
            if fact in facts or fact in before
        },
        stage=case.stage if step.stage else None,
        tag=step.tag.of(language) if step.tag else None,
    )


def _verdict(
    playbook: Playbook, form: Form, approval: Approval, record: Record, by: Person
) -> Iterator[tuple[str, Value]]:
    on = decided_at(approval, by).date()
    day = echo.day(on, playbook.language)
    given = {"by": (by.name, by.name), "on": (on.isoformat(), day)} | {
        one: (record[one], text(playbook, form, one, record)) for one in record
    }
    for fact in playbook.decision.fields:
        if fact in given:
            yield fact, Value(*given[fact])


def _votes(
    playbook: Playbook, form: Form, approval: Approval, people: Directory
) -> Iterator[tuple[str, str]]:
    """Everybody's word that counts, where more than one person gave theirs."""
    votes = ballot.counting(playbook, approval, approval.votes)
    if len(votes) > 1:
        told = (f"{name_of(people, one.by)}: {_said(playbook, form, one)}" for one in votes)
        yield say(playbook.language, "votes_note"), ", ".join(told)


def _said(playbook: Playbook, form: Form, vote: Vote) -> str:
    return text(playbook, form, "verdict", {"verdict": vote.verdict})


def decided_at(approval: Approval, reader: Person) -> datetime:
    """When it was decided, on the reader's clock."""
    return datetime.fromtimestamp((approval.decided_at or 0) / 1000, ZoneInfo(reader.zone))


def text(playbook: Playbook, form: Form, question_id: str, record: Record) -> str:
    """An answer as the company reads it."""
    question = form.question(question_id)
    value = record.get(question_id)
    if question is None or value is None:
        return ""
    return question.kind.show(value, playbook.language, playbook.currency)


def _rows(
    playbook: Playbook, form: Form, record: Record, clocks: tuple[str, str], before: Record
) -> Iterator[tuple[str, str]]:
    for question in form.questions:
        if question.crm in _ELSEWHERE:
            continue
        label = question.label.of(playbook.language)
        old = text(playbook, form, question.id, before)
        said = text(playbook, form, question.id, record)
        if question.id in record:
            said = _on_both_clocks(playbook, question, record, said, clocks)
        if question.id in record or old:
            yield label, changed(playbook.language, old, said) if before else said
    for figure in form.sums:
        was, total = str(figure.total(before)), str(figure.total(record))
        shown = changed(playbook.language, was, total) if before else total
        yield figure.label.of(playbook.language), shown


def changed(language: str, old: str, new: str) -> str:
    """An answer with what it was the last time beside it, where that was another."""
    if old == new:
        return new
    nothing = say(language, "skipped")
    return say(language, "was_and_is", old=old or nothing, new=new or nothing)


def note_rows(playbook: Playbook, form: Form, record: Record) -> Iterator[tuple[str, str]]:
    """The answers as the company reads them, for a note."""
    return _rows(playbook, form, record, ("", ""), {})


def _on_both_clocks(
    playbook: Playbook, question: Question, record: Record, said: str, clocks: tuple[str, str]
) -> str:
    """A time as the company's clock showed it, and as the author's did where that differs."""
    zone, own = clocks
    if question.kind.name != "moment" or not zone:
        return said
    at = datetime.fromisoformat(str(record[question.id]))
    here = at.astimezone(ZoneInfo(zone))
    if here.utcoffset() == at.utcoffset():
        return said
    shown = question.kind.show(here.isoformat(), playbook.language, playbook.currency)
    return f"{shown} ({own}: {said})"


def _partner(playbook: Playbook, form: Form, record: Record) -> Iterator[tuple[str, Value]]:
    for question in form.questions:
        if question.id in record and (question.crm or "").startswith("partner."):
            told = text(playbook, form, question.id, record)
            yield str(question.crm).partition(".")[2], Value(record[question.id], told)


def _fields(playbook: Playbook, form: Form, record: Record) -> Iterator[tuple[str, Value]]:
    for question in form.questions:
        if question.id in record and question.crm and not question.crm.startswith(_PARTS):
            value = record[question.id]
            yield question.crm, Value(value, text(playbook, form, question.id, record))
    for figure in form.sums:
        if figure.crm:
            total = figure.total(record)
            yield figure.crm, Value(total, str(total))


def _mail(form: Form, record: Record) -> Mail | None:
    to = target(form, record, "mail.to")
    if not isinstance(to, dict):
        return None
    subject, body = (target(form, record, f"mail.{part}") for part in ("subject", "body"))
    number = to.get("id")
    contact = number if isinstance(number, int) else None
    name = str(to.get("name") or "")
    return Mail(str(to["email"]), name, str(subject or ""), str(body or ""), contact)


def _order(playbook: Playbook, form: Form, record: Record) -> Order | None:
    lines = demand.tables(target(form, record, "order.lines"))
    if not lines:
        return None
    told = tuple(_order_line(playbook, one) for one in lines)
    due = target(form, record, "activity.due")
    return Order(told, str(target(form, record, "order.terms") or ""), str(due or ""))


def _order_line(playbook: Playbook, line: JsonTable) -> OrderLine:
    name, unit = str(line["name"]), str(line.get("unit") or "")
    quantity = Decimal(str(line["quantity"]))
    counted = unit and unit != "piece"
    text = f"{name} ({units.named(unit, quantity, playbook.language)})" if counted else name
    price, product = line.get("price"), line.get("product")
    return OrderLine(
        text,
        str(line["quantity"]),
        None if price is None else str(price),
        product if isinstance(product, int) else None,
    )


def _activity(playbook: Playbook, form: Form, record: Record) -> Activity | None:
    summary = target(form, record, "activity.summary")
    if summary is None and form.task is not None:
        summary = form.task.of(playbook.language)
    due = target(form, record, "activity.due")
    if not summary or not due:
        return None
    return Activity(str(summary), str(due))
