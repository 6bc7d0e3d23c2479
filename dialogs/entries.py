"""From answers to an entry for the CRM: which answer goes to which field, and the note of all.

Reads the playbook's `crm` targets; knows no CRM product. The record is in the company's language.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from dialogs.answers import demand, units
from dialogs.case import Case
from dialogs.crm import (
    Activity,
    Customer,
    Delivery,
    JsonTable,
    JsonValue,
    Mail,
    Meeting,
    Note,
    Order,
    OrderLine,
    Staff,
    Value,
)
from dialogs.people import Person
from dialogs.phrases import say
from dialogs.playbook import Form, Playbook, Question
from dialogs.turns import Approval

_PARTS = ("customer", "title", "meeting.", "activity.", "mail.", "order.")
_ELSEWHERE = frozenset({"mail.language", "mail.body"})
"""Targets that no note repeats."""
Record = Mapping[str, JsonValue]


def customer_of(form: Form, record: Record) -> Customer | None:
    """The customer named in a record, if the form asks for one."""
    for question in form.questions:
        value = record.get(question.id) if question.crm == "customer" else None
        if isinstance(value, dict):
            number = value.get("id")
            return Customer(str(value["name"]), number if isinstance(number, int) else None)
    return None


def staff(person: Person) -> Staff:
    return Staff(person.name, person.login, person.crm_user)


def entry(
    playbook: Playbook, form: Form, case: Case, author: Person, owner: Person, *, zone: str = ""
) -> Delivery:
    """The entry for a finished form of a case; the case already holds the record.

    Times are said on the clock of `zone`, the company's, and beside it on the author's.
    """
    record = case.forms[form.id]
    clocks = (zone, author.zone)
    before = (key for key in case.deliveries if form.opens == "case" or _kind_of(key) == form.id)
    first = not any(before)
    step = next((one for one in playbook.steps.values() if one.form == form.id), None)
    return Delivery(
        key=next_key(case, form.id),
        case=case.id,
        kind=form.id,
        author=staff(author),
        owner=staff(owner),
        title=case.title,
        customer=case.customer,
        note=Note(form.title.of(playbook.language), tuple(_rows(playbook, form, record, clocks))),
        opportunity=dict(_fields(playbook, form, record)),
        stage=step.stage if step and first else None,
        meeting=_meeting(playbook, form, case, record),
        activity=_activity(playbook, form, record),
        after=case.deliveries,
        mail=_mail(form, record),
        order=_order(playbook, form, record),
    )


def _kind_of(key: str) -> str:
    return key.split("-")[1]


def next_key(case: Case, kind: str) -> str:
    """The exactly-once key: it names the case, the kind, and how often that came before."""
    before = sum(1 for key in case.deliveries if _kind_of(key) == kind)
    return f"{case.id}-{kind}-{before + 1}"


def keeping(case: Case, delivery: Delivery) -> Case:
    return replace(case, deliveries=(*case.deliveries, delivery.key))


def ruled(
    playbook: Playbook, case: Case, approval: Approval, *, record: Record, by: Person, owner: Person
) -> Delivery:
    """The entry for a decision: who decided what when, the stage, the tag of a hand-over."""
    form = playbook.form_by_id[playbook.decision.form]
    facts = dict(_verdict(playbook, form, approval, record, by))
    step = playbook.steps[case.step]
    language = playbook.language
    rows = tuple((playbook.labels[fact].of(language), value.text) for fact, value in facts.items())
    return Delivery(
        key=next_key(case, form.id),
        case=case.id,
        kind=form.id,
        author=staff(by),
        owner=staff(owner),
        title=case.title,
        customer=case.customer,
        note=Note(form.title.of(language), rows),
        opportunity={playbook.decision.fields[fact]: value for fact, value in facts.items()},
        after=case.deliveries,
        stage=step.stage,
        tag=step.tag.of(language) if step.tag else None,
    )


def _verdict(
    playbook: Playbook, form: Form, approval: Approval, record: Record, by: Person
) -> Iterator[tuple[str, Value]]:
    on = decided_at(approval, by).date().isoformat()
    given = {"by": (by.name, by.name), "on": (on, on)} | {
        one: (record[one], text(playbook, form, one, record)) for one in record
    }
    for fact in playbook.decision.fields:
        if fact in given:
            yield fact, Value(*given[fact])


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
    playbook: Playbook, form: Form, record: Record, clocks: tuple[str, str]
) -> Iterator[tuple[str, str]]:
    for question in form.questions:
        if question.id in record and question.crm not in _ELSEWHERE:
            label = question.label.of(playbook.language)
            said = text(playbook, form, question.id, record)
            yield label, _on_both_clocks(playbook, question, record, said, clocks)
    for figure in form.sums:
        yield figure.label.of(playbook.language), str(figure.total(record))


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


def _fields(playbook: Playbook, form: Form, record: Record) -> Iterator[tuple[str, Value]]:
    for question in form.questions:
        if question.id in record and question.crm and not question.crm.startswith(_PARTS):
            value = record[question.id]
            yield question.crm, Value(value, text(playbook, form, question.id, record))
    for figure in form.sums:
        if figure.crm:
            total = figure.total(record)
            yield figure.crm, Value(total, str(total))


def _target(form: Form, record: Record, target: str) -> JsonValue:
    question: Question | None = next((one for one in form.questions if one.crm == target), None)
    return record.get(question.id) if question else None


def _meeting(playbook: Playbook, form: Form, case: Case, record: Record) -> Meeting | None:
    start = _target(form, record, "meeting.start")
    if not isinstance(start, str):
        return None
    subject = _target(form, record, "meeting.subject") or say(
        playbook.language, "meeting_with", customer=case.title
    )
    minutes = _target(form, record, "meeting.minutes")
    place = _target(form, record, "meeting.location")
    length = int(str(minutes)) if minutes else 60
    return Meeting(str(subject), start, length, str(place or ""))


def _mail(form: Form, record: Record) -> Mail | None:
    to = _target(form, record, "mail.to")
    if not isinstance(to, dict):
        return None
    subject, body = (_target(form, record, f"mail.{part}") for part in ("subject", "body"))
    number = to.get("id")
    contact = number if isinstance(number, int) else None
    name = str(to.get("name") or "")
    return Mail(str(to["email"]), name, str(subject or ""), str(body or ""), contact)


def _order(playbook: Playbook, form: Form, record: Record) -> Order | None:
    lines = demand.tables(_target(form, record, "order.lines"))
    if not lines:
        return None
    told = tuple(_order_line(playbook, one) for one in lines)
    due = _target(form, record, "activity.due")
    return Order(told, str(_target(form, record, "order.terms") or ""), str(due or ""))


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
    summary = _target(form, record, "activity.summary")
    if summary is None and form.task is not None:
        summary = form.task.of(playbook.language)
    due = _target(form, record, "activity.due")
    if not summary or not due:
        return None
    return Activity(str(summary), str(due))
