"""The derived pages as Markdown: processes, forms, and where each answer stands in Odoo.

Reads a rulebook; writes no file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from bot.settings import SECRET
from dialogs.charts import condition_text, family_at, form_chart, step_chart
from dialogs.library import Rulebook
from dialogs.playbook import Form, Playbook, Process, Question, Step
from dialogs.walks import stops

ABOUT: Mapping[str, str] = {
    "case": "It begins a new case.",
    "open_case": "It is about an open case that stands at this step.",
    "task": "It is about a task of the CRM, and begins with a button of the task.",
    "lead": "It is about a lead that came in by itself, and begins with a button of its news.",
    "any_case": "It is about an open case, wherever it stands.",
    "invitation": "It is about an invitation to an appointment, and begins when it is answered.",
    "request": "It is about what a colleague wants to know, and begins when that is pressed.",
    "requested": "It is about what somebody was asked, and begins when the answer is entered.",
    "approval": "It is about a question to management, and begins when a decision card is pressed.",
    "enquiry": "It is about a question to management, and begins when a decision card is pressed.",
    "reply": "It is about what management asks back, and begins when that is pressed.",
    "handover": "It is about a hand-over to the group, and begins when its card is pressed.",
}
PARTS: Mapping[str, tuple[str, str]] = {
    "customer": ("res.partner, linked as the opportunity's customer", "name"),
    "title": ("crm.lead", "name"),
    "mail.to": ("mail.scheduled.message, then mail.message", "partner_ids"),
    "mail.language": ("the language of the draft", ""),
    "mail.subject": ("mail.scheduled.message, then mail.message", "subject"),
    "mail.body": ("mail.scheduled.message, then mail.message", "body"),
    "order.lines": ("sale.order", "order_line"),
    "order.terms": ("sale.order", "note"),
    "meeting.subject": ("calendar.event", "name"),
    "meeting.start": ("calendar.event", "start"),
    "meeting.minutes": ("calendar.event", "stop"),
    "meeting.location": ("calendar.event", "location"),
    "meeting.invite": ("calendar.event", "attendee_ids"),
    "contact.name": ("res.partner below the customer, on the meeting", "name"),
    "contact.email": ("res.partner below the customer", "email"),
    "contact.phone": ("res.partner below the customer", "phone"),
    "opportunity.name": ("crm.lead", "id"),
    "attendee.person": ("calendar.event", "partner_ids"),
    "attendee.reason": ("crm.lead", "message_ids"),
    "attendee.message": ("crm.lead", "message_ids"),
    "partner.website": ("res.partner", "website"),
    "partner.industry_id": ("res.partner", "industry_id"),
    "partner.category_id": ("res.partner", "category_id"),
    "partner.ref": ("res.partner", "ref"),
    "partner.vat": ("res.partner", "vat"),
    "partner.phone": ("res.partner", "phone"),
    "partner.email": ("res.partner", "email"),
    "request.of": ("crm.lead", "message_ids"),
    "request.person": ("crm.lead", "message_ids"),
    "request.question": ("crm.lead", "message_ids"),
    "request.due": ("crm.lead", "message_ids"),
    "activity.summary": ("mail.activity", "summary"),
    "activity.due": ("mail.activity", "date_deadline"),
    "task.result": ("mail.activity", "feedback"),
    "task.day": ("mail.activity", "date_done, or date_deadline where it is moved"),
}
"""Targets of the playbook that are no field of the opportunity's own: model and field."""
SHOWN: Mapping[str, str] = {
    "demo": "The demo in the browser: sales manager, management, CRM",
    "telegram-question": "A question in Telegram",
    "telegram-decision": "The decision card in Telegram",
    "slack-modal": "The assessment as a form in Slack",
    "slack-decision": "The decision card in Slack",
    "odoo-opportunity": "The opportunity in Odoo",
}
"""The pictures of the README by file name, in order, and what they show."""
WIDE = ("demo", "odoo-opportunity")
"""The pictures that stand alone: the first above the others, the second below."""
GIVEN: Mapping[str, str] = {"by": "who decided", "on": "the day of the decision"}


def form_page(rules: Rulebook, form: Form) -> str:
    """A form: its chart, and a table of its questions."""
    end = "the review changes any answer" if form.review else "the last answer finishes it"
    about = " ".join([*_begun(form), ABOUT[form.opens]])
    heads = ("question", "English", "German", "answer", "asked", "CRM")
    return (
        f"# {form.title.of('en')} ({form.title.of('de')})\n\n"
        f"{about} At every question one can go back or cancel; {end}.\n\n"
        f"```mermaid\n{form_chart(form)}\n```\n\n{table(heads, _rows(rules.playbook, form))}\n"
    )


def _begun(form: Form) -> Iterator[str]:
    if form.words:
        words = (f"`{word}`" for words in form.words.values() for word in words)
        yield f"Begun by {', '.join(words)}."


def _rows(playbook: Playbook, form: Form) -> Iterator[Sequence[str]]:
    for stop in stops(form):
        family = family_at(form, stop)
        if family is None:
            yield _row(playbook, form, stop.questions[0])
            continue
        for one in family.questions:
            name = f"`{family.parent.id}_…_{family.ending(one)}`"
            texts = (family.general(one.prompt, "en"), family.general(one.prompt, "de"))
            when = f"for each of {family.parent.label.of('en')}"
            yield (name, *texts, _answer(one), when, _target(one.crm))
    yield from _counted(form)
    yield from _given(playbook, form)


def _row(playbook: Playbook, form: Form, question: Question) -> Sequence[str]:
    when = " and ".join(condition_text(form, one) for one in question.when)
    crm = question.crm or _facts(playbook, form).get(question.id)
    texts = (question.prompt.of("en"), question.prompt.of("de"))
    return (f"`{question.id}`", *texts, _answer(question), when or "always", _target(crm))


def _counted(form: Form) -> Iterator[Sequence[str]]:
    for figure in form.sums:
        texts = (figure.label.of("en"), figure.label.of("de"))
        counted = f"sum of {' times '.join(figure.factors)}, over `{figure.over}`"
        yield (f"`{figure.id}`", *texts, counted, "never: counted", _target(figure.crm))


def _given(playbook: Playbook, form: Form) -> Iterator[Sequence[str]]:
    """What the decision brings without being asked."""
    for fact, crm in _facts(playbook, form).items():
        if fact in GIVEN:
            label = playbook.labels[fact]
            texts = (label.of("en"), label.of("de"))
            yield (f"`{fact}`", *texts, GIVEN[fact], "never: known", _target(crm))


def _facts(playbook: Playbook, form: Form) -> Mapping[str, str]:
    return playbook.decision.fields if form.id == playbook.decision.form else {}


def _answer(question: Question) -> str:
    return f"{question.kind.name}{', may be skipped' if question.optional else ''}"


def _target(crm: str | None) -> str:
    return f"`{crm}`" if crm else "note only"


def process_page(rules: Rulebook) -> str:
    """The processes: a chart and a table each, and who wrote, examined and approved them."""
    playbook = rules.playbook
    head = f"# {playbook.name} (playbook version {playbook.version})\n"
    return "\n".join([head, *(_process(playbook, process) for process in playbook.processes)])


def _process(playbook: Playbook, process: Process) -> str:
    marks = "; ".join(f"{one.act} {one.on} by {one.by}" for one in process.revisions)
    heads = ("#", "step", "German", "responsible", "form", "stage", "leads to")
    chart = step_chart(playbook, process)
    return (
        f"## {process.title.of('en')} ({process.title.of('de')})\n\n{process.purpose.of('en')}\n\n"
        f"Version {process.version}: {marks}.\n\n```mermaid\n{chart}\n```\n\n"
        f"{table(heads, (_step(step) for step in process.steps))}\n"
    )


def _step(step: Step) -> Sequence[str]:
    leads = ", ".join(f"{happening}: {target}" for happening, target in step.then.items())
    titles = (step.title.of("en"), step.title.of("de"))
    form = f"[{step.form}](forms/{step.form}.md)" if step.form else ""
    return (str(step.number), *titles, step.responsible, form, step.stage or "", leads or "the end")


def odoo_fields(rules: Rulebook) -> str:
    """Where each answer stands in Odoo: playbook, Odoo's model and field, the field's type."""
    playbook = rules.playbook
    types = {need.name: need.type for need in playbook.crm_needs.fields}
    rows = [
        (place, *_odoo(crm), _type(crm, types))
        for form in playbook.forms
        for place, crm in _targets(playbook, form)
    ]
    return table(("playbook", "Odoo model", "Odoo field", "made by `odoo setup` as"), rows) + "\n"


def _targets(playbook: Playbook, form: Form) -> Iterator[tuple[str, str]]:
    for question in form.questions:
        if question.crm:
            yield f"form `{form.id}`, question `{question.id}`", question.crm
    for figure in form.sums:
        if figure.crm:
            yield f"form `{form.id}`, sum `{figure.id}`", figure.crm
    for fact, crm in _facts(playbook, form).items():
        yield f"decision, field `{fact}`", crm


def _odoo(crm: str) -> tuple[str, str]:
    model, field = PARTS.get(crm, ("crm.lead", crm))
    return model, f"`{field}`"


def _type(crm: str, types: Mapping[str, str]) -> str:
    return types.get(crm, "Odoo's own")


def odoo_lists(rules: Rulebook) -> str:
    """The stages and lost reasons that Odoo has to have, and the names they may have there."""
    needs = rules.playbook.crm_needs
    stages = [
        ("stage", f"`{one.id}`", ", ".join(one.names), "yes" if one.won else "")
        for one in needs.stages
    ]
    reasons = [("lost reason", "", ", ".join(one.values()), "") for one in needs.lost_reasons]
    return table(("what", "playbook", "found in Odoo by", "won"), [*stages, *reasons]) + "\n"


def secret_settings() -> str:
    """The settings that are secret, each with what it is to whoever has it."""
    return "".join(f"- `{name}`: {what}.\n" for name, what in SECRET.items())


def gallery(pictures: Sequence[str]) -> str:
    """The pictures of the README: wide ones, and the others in a row between them."""
    there = [one for one in SHOWN if one in pictures]
    others = [one for one in there if one not in WIDE]
    row = "\n".join(_picture(one, f"{98 // len(others)}%") for one in others)
    first, last = (_picture(one, "100%") if one in there else "" for one in WIDE)
    return "".join(f"{line}\n\n" for line in (first, row, last) if line)


def _picture(name: str, width: str) -> str:
    return f'<img src="docs/pictures/{name}.png" width="{width}" alt="{SHOWN[name]}">'


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = [heads, ["---" for _ in heads], *rows]
    return "\n".join("| " + " | ".join(_cell(one) for one in line) + " |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
