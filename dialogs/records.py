"""What a record says, by the targets of the playbook: the customer, the contact, the opportunity.

Knows forms and records; makes no entry.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime

from dialogs.case import Case
from dialogs.crm import Contact, Customer, JsonValue
from dialogs.playbook import Form, Playbook, Question

KNOWN_BEFORE = frozenset({"customer", "meeting.start"})
"""Targets whose answer in one form holds in another one of the case."""
Record = Mapping[str, JsonValue]


def customer_of(form: Form, record: Record) -> Customer | None:
    """The customer named in a record, if the form asks for one."""
    for question in form.questions:
        value = record.get(question.id) if question.crm == "customer" else None
        if isinstance(value, dict):
            number = value.get("id")
            return Customer(str(value["name"]), number if isinstance(number, int) else None)
    return None


def opportunity_of(form: Form, record: Record) -> tuple[str, int | None]:
    """Name and CRM id of the opportunity that a record names; a new one has no id."""
    named = target(form, record, "opportunity.name")
    if not isinstance(named, dict):
        return "", None
    number = named.get("id")
    return str(named["name"]), number if isinstance(number, int) else None


def case_meant(form: Form, record: Record) -> str:
    """Id of the case whose opportunity a record names; empty for none of ours."""
    named = target(form, record, "opportunity.name")
    return str(named.get("case") or "") if isinstance(named, dict) else ""


def contact_of(playbook: Playbook, case: Case) -> tuple[int | None, str]:
    """CRM id and name of the person whom the case is to meet or has met; a new one has no id."""
    for form in playbook.forms:
        named = contact(form, case.forms.get(form.id, {}))
        if named is not None:
            return named.id, named.name
    return None, ""


def known(playbook: Playbook, form: Form, case: Case, at: datetime) -> dict[str, JsonValue]:
    """What the case's other forms have answered already: nobody is asked that again."""
    return {
        question.id: value
        for question in form.questions
        for other in playbook.forms
        for value in [target(other, case.forms.get(other.id, {}), question.crm or "")]
        if question.crm in KNOWN_BEFORE and value is not None and _counts_now(question, value, at)
    }


def _counts_now(question: Question, value: JsonValue, at: datetime) -> bool:
    """A time that is still to come is no answer to when it was."""
    if question.crm != "meeting.start":
        return True
    return datetime.fromisoformat(str(value)) <= at and getattr(question.kind, "rule", "") == "past"


def is_past(form: Form) -> bool:
    """Whether the form asks about a meeting that has been, not about one to come."""
    asked = (one for one in form.questions if one.crm == "meeting.start")
    return any(getattr(one.kind, "rule", "") == "past" for one in asked)


def targets(form: Form, record: Record, target: str) -> Iterator[tuple[Question, JsonValue]]:
    """The answers that go there."""
    for question in form.questions:
        if question.crm == target and question.id in record:
            yield question, record[question.id]


def target(form: Form, record: Record, target: str) -> JsonValue:
    return next((value for _, value in targets(form, record, target)), None)


def contact(form: Form, record: Record) -> Contact | None:
    named = target(form, record, "contact.name")
    if not isinstance(named, dict):
        return None
    number = named.get("id")
    if isinstance(number, int):
        return Contact(str(named["name"]), number)
    email, phone = (target(form, record, f"contact.{one}") for one in ("email", "phone"))
    return Contact(str(named["name"]), None, str(email or ""), str(phone or ""))
