"""What a finished form leads to: a case and its entry for the CRM, or a verdict.

Knows the process; knows no chat and no CRM product.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs import advancing, decision, enquiries, stages, takeover, vouching
from dialogs.case import Case
from dialogs.closing import settled
from dialogs.crm import Delivery, JsonValue
from dialogs.entries import customer_of, entry, keeping
from dialogs.flow import Dialogue
from dialogs.library import Rulebook
from dialogs.listing import listed
from dialogs.playbook import Form
from dialogs.playbook.gates import OVERRIDE
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Notice
from dialogs.turns import Turn

Record = dict[str, JsonValue]


def finish(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """Act on the confirmed answers. The dialogue has left the conversation already."""
    form = scene.form(dialogue)
    about = _ABOUT_QUESTIONS.get(form.opens)
    if about is not None:
        return about(scene, dialogue, record)
    rules = scene.rules(dialogue)
    case = _case(scene, rules, dialogue, form, record)
    if case is None:
        return scene.closing(Notice(scene.say("gone_case"), tone="warning"))
    if form.id == OVERRIDE:
        return advancing.overridden(scene, rules, case, record)
    if form.id in rules.playbook.gates:
        return stages.ticked(scene, case)
    return _entered(scene, rules, form, case, dialogue)


_ABOUT_QUESTIONS: Mapping[str, Callable[[Scene, Dialogue, Record], Turn]] = {
    "approval": vouching.rule,
    "enquiry": enquiries.ask,
    "reply": enquiries.answer,
    "handover": takeover.settled,
}
"""What finishes a form that is about a question to somebody, not about a case."""


def _case(
    scene: Scene, rules: Rulebook, dialogue: Dialogue, form: Form, record: Record
) -> Case | None:
    """The case with this record in it, one step on."""
    known = scene.facts.cases.get(dialogue.subject)
    if dialogue.of_known_case and not _stands_at(rules, known, form):
        return None
    case = known or _new_case(scene, rules, dialogue, form, record)
    filled = replace(case, forms={**case.forms, form.id: record})
    moved = rules.lifecycle.finished(filled, form.id)
    return moved if moved.step == case.step else replace(moved, since=scene.facts.now)


def _stands_at(rules: Rulebook, case: Case | None, form: Form) -> bool:
    """A form about an open case counts only at its step: nobody is asked to decide twice."""
    return case is not None and rules.lifecycle.fits(form, case.step)


def _new_case(
    scene: Scene, rules: Rulebook, dialogue: Dialogue, form: Form, record: Record
) -> Case:
    step = rules.lifecycle.step_of(form.id)
    customer = customer_of(form, record)
    return Case(
        id=dialogue.subject,
        owner=scene.person.id,
        playbook=rules.playbook.edition,
        step=step.id if step else rules.playbook.case_process.steps[0].id,
        title=customer.name if customer else form.title.of(rules.playbook.language),
        customer=customer,
        stage=(step.stage if step else None) or "",
        since=scene.facts.now,
    )


def _entered(scene: Scene, rules: Rulebook, form: Form, case: Case, dialogue: Dialogue) -> Turn:
    was, me = scene.facts.cases.get(case.id), scene.person
    delivery = entry(rules.playbook, form, case, me, me, zone=scene.facts.zone, was=was)
    if was is not None and form.moves and was.stage != case.stage:
        delivery = _with_criteria(rules, was, delivery)
    case, notice, more = settled(scene, rules, form, keeping(case, delivery), case.forms[form.id])
    saved = Notice(scene.say("kept", title=scene.name(dialogue)), tone="good")
    told = scene.closing(notice or saved)
    audit = AuditLine(scene.person.id, f"finish:{form.id}", case.id)
    turn = replace(
        told,
        tells=more.tells,
        timers=more.timers,
        conversation=listed(told.conversation, rules, case),
        cases=(case,),
        deliveries=(delivery,),
        audit=(audit,),
    )
    if case.step != rules.playbook.decision.step:
        return turn
    return _asking(scene, turn, case)


def _with_criteria(rules: Rulebook, was: Case, delivery: Delivery) -> Delivery:
    """The history tells what was true when the stage was left."""
    rows = (*delivery.note.rows, *stages.rows(rules, was))
    return replace(delivery, note=replace(delivery.note, rows=rows))


def _asking(scene: Scene, turn: Turn, case: Case) -> Turn:
    """The process is at the decision: ask management, and remember which question it is."""
    named = replace(case, approval=scene.facts.event_id)
    rules = scene.library.of(case.playbook)
    kept = listed(turn.conversation, rules, named)
    asked = decision.ask_management(replace(scene, conversation=kept), case)
    return replace(follow(turn, asked), cases=(named,))
