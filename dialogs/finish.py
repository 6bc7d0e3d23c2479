"""What a finished form leads to: a case and its entry for the CRM, or a verdict.

Knows the process; knows no chat and no CRM product.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from dialogs import (
    advancing,
    bound,
    decision,
    enquiries,
    errands,
    follow_ups,
    handover,
    joining,
    leads,
    requests,
    risk,
    stages,
    takeover,
    vouching,
    winning,
)
from dialogs.appointments import appointed
from dialogs.case import Case
from dialogs.closing import settled
from dialogs.crm import Customer, Delivery, JsonValue
from dialogs.entries import entry, keeping
from dialogs.flow import Dialogue
from dialogs.library import Rulebook
from dialogs.listing import listed
from dialogs.people import OF_OWN_CASES
from dialogs.playbook import Form
from dialogs.playbook.gates import OVERRIDE, OVERRIDE_WON
from dialogs.records import customer_of, opportunity_of
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Notice
from dialogs.turns import Turn

Record = dict[str, JsonValue]


def finish(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """Act on the confirmed answers. The dialogue has left the conversation already."""
    form = scene.form(dialogue)
    about = _OTHERWISE.get(form.opens)
    if about is not None:
        return about(scene, dialogue, record)
    theirs = bound.theirs(scene, dialogue, record)
    if theirs is not None:
        return _to_theirs(scene, dialogue, theirs, record)
    return _to_own(scene, dialogue, form, record)


def _to_theirs(scene: Scene, dialogue: Dialogue, case: Case, record: Record) -> Turn:
    """The record of a meeting about an opportunity that is not the person's case, or not yet."""
    taken = bound.taken(scene, case)
    if taken is None and scene.form(dialogue).action in OF_OWN_CASES:
        said = scene.say("lead_taken", title=case.title, name=scene.colleague(case.owner))
        return scene.closing(Notice(said, tone="warning"))
    if taken is None:
        return bound.noted(scene, dialogue, case, record)
    stage, took = taken
    return bound.after(took, _to_own(stage, dialogue, scene.form(dialogue), record))


def _to_own(scene: Scene, dialogue: Dialogue, form: Form, record: Record) -> Turn:
    rules = scene.rules(dialogue)
    case = _case(scene, rules, dialogue, form, record)
    if case is None:
        return scene.closing(Notice(scene.say("gone_case"), tone="warning"))
    if form.id == OVERRIDE:
        return advancing.overridden(scene, rules, case, record)
    if form.id == OVERRIDE_WON:
        return winning.excused(scene, rules, case)
    if form.id in rules.playbook.gates:
        on_the_way = dialogue.mark == winning.WON
        return stages.ticked(scene, case, winning.shown(scene, rules, case) if on_the_way else None)
    return _entered(scene, rules, form, case, dialogue)


_OTHERWISE: Mapping[str, Callable[[Scene, Dialogue, Record], Turn]] = {
    "approval": vouching.rule,
    "enquiry": enquiries.ask,
    "reply": enquiries.answer,
    "handover": takeover.settled,
    "task": errands.finished,
    "lead": leads.declined,
    "invitation": joining.answered,
    "request": requests.answered,
    "requested": requests.entered,
}
"""What finishes a form that is not about a case of the person's."""


def _case(
    scene: Scene, rules: Rulebook, dialogue: Dialogue, form: Form, record: Record
) -> Case | None:
    """The case with this record in it, one step on."""
    known = scene.facts.cases.get(dialogue.subject)
    if not _counts(rules, dialogue, known, form):
        return None
    known = known or scene.facts.cases.get(bound.subject(scene, dialogue, record))
    case = known or _new_case(scene, rules, dialogue, form, record)
    customer = case.customer or customer_of(form, record)
    listening = _listening(case, form, dialogue)
    filled = replace(listening, customer=customer, forms={**case.forms, form.id: record})
    came = rules.lifecycle.ahead(filled, form) if dialogue.meeting else filled
    moved = rules.lifecycle.finished(came, form.id)
    return moved if moved.step == case.step else replace(moved, since=scene.facts.now)


def _counts(rules: Rulebook, dialogue: Dialogue, known: Case | None, form: Form) -> bool:
    """The record of a meeting counts wherever its case stands by now."""
    if dialogue.meeting is None:
        return not dialogue.of_known_case or _stands_at(rules, known, form)
    return not dialogue.of_known_case or known is not None or bound.binds(dialogue) is not None


def _listening(case: Case, form: Form, dialogue: Dialogue) -> Case:
    """The case with what a message said beforehand of forms that come later."""
    later = {name: words for name, words in dialogue.heard.items() if not form.question(name)}
    waiting = {name: said for name, said in case.beforehand.items() if name != form.id}
    told = {name: {**waiting.get(name, {}), **said} for name, said in dialogue.aside.items()}
    return replace(case, beforehand={**waiting, **told}, heard={**case.heard, **later})


def _stands_at(rules: Rulebook, case: Case | None, form: Form) -> bool:
    """A form about an open case counts only at its step: nobody is asked to decide twice.

    What tells of an appointment counts wherever its case stands by now: it moves none back.
    """
    if case is None or case.closed:
        return False
    step = rules.playbook.steps.get(case.step)
    told = form.opens == "case" and step is not None and not step.over
    return told or rules.lifecycle.fits(form, case.step)


def _new_case(
    scene: Scene, rules: Rulebook, dialogue: Dialogue, form: Form, record: Record
) -> Case:
    step = rules.lifecycle.step_of(form.id) or leads.first_step(rules)
    customer, meeting = customer_of(form, record), bound.binds(dialogue)
    opportunity, lead = opportunity_of(form, record)
    title = _title(form, record) or opportunity or (meeting.title if meeting else "")
    team = rules.playbook.team_of(scene.person)
    return Case(
        id=bound.subject(scene, dialogue, record),
        owner=scene.person.id,
        playbook=rules.playbook.edition,
        step=step.id,
        title=title or _named(rules, form, customer),
        customer=customer,
        stage=rules.lifecycle.begins_in(step, team),
        team=team,
        since=scene.facts.now,
        lead=meeting.opportunity if meeting else lead,
    )


def _title(form: Form, record: Record) -> str:
    named = (record.get(one.id) for one in form.questions if one.crm == "title")
    return next((str(value) for value in named if value is not None), "")


def _named(rules: Rulebook, form: Form, customer: Customer | None) -> str:
    return customer.name if customer else form.title.of(rules.playbook.language)


def _entered(scene: Scene, rules: Rulebook, form: Form, case: Case, dialogue: Dialogue) -> Turn:
    was, me, record = scene.facts.cases.get(case.id), scene.person, case.forms[form.id]
    zone, files = scene.facts.zone, dialogue.files
    delivery = entry(rules.playbook, form, case, me, me, zone=zone, was=was, files=files)
    seen = _assessed(scene, rules, form, case)
    delivery = replace(
        delivery,
        meeting=follow_ups.linked(delivery.meeting, dialogue),
        pictures=risk.attached(replace(seen, language=rules.playbook.language)),
    )
    if was is not None:
        delivery = _with_criteria(rules, form, (was, case), delivery)
    kept = appointed(keeping(case, delivery), form, delivery)
    case, notice, more = settled(scene, rules, form, kept, record)
    saved = Notice(scene.say("kept", title=scene.name(dialogue)), tone="good")
    told = scene.closing(notice or saved)
    back = handover.recalled(scene, was) if was and form.moves else Turn(scene.conversation)
    audit = AuditLine(scene.person.id, f"finish:{form.id}", case.id)
    turn = replace(
        told,
        says=(*back.says, *told.says),
        ruling=back.ruling,
        tells=more.tells,
        timers=more.timers,
        conversation=follow_ups.done_too(
            follow_ups.done(
                listed(told.conversation, rules, case), dialogue.meeting, scene.facts.now
            ),
            delivery.meeting.key if delivery.meeting else "",
            scene.facts.now,
        ),
        cases=(case,),
        deliveries=(delivery,),
        audit=(*back.audit, audit),
    )
    matrix = risk.picture(seen)
    if matrix is not None:
        turn = follow(turn, replace(scene, conversation=turn.conversation).shown(matrix))
    turn = follow(turn, joining.invited(replace(scene, conversation=turn.conversation), case, form))
    turn = follow(turn, requests.sent(replace(scene, conversation=turn.conversation), case, form))
    case = turn.cases[-1]
    turn = replace(turn, cases=(case,))
    at_decision = case.step == rules.playbook.decision.step
    if not at_decision or (was is not None and was.step == case.step):
        return turn
    return _asking(scene, turn, case)


def _with_criteria(
    rules: Rulebook, form: Form, between: tuple[Case, Case], delivery: Delivery
) -> Delivery:
    """The history tells what was true when the stage was left."""
    was, case = between
    if winning.wins(rules, case):
        told = winning.rows(rules, replace(case, stage=was.stage))
    else:
        told = stages.rows(rules, was) if form.moves and was.stage != case.stage else ()
    rows = (*delivery.note.rows, *told)
    return replace(delivery, note=replace(delivery.note, rows=rows))


def _assessed(scene: Scene, rules: Rulebook, form: Form, case: Case) -> risk.Assessment:
    """The record with the one before it, as whoever finished the form reads them."""
    known = scene.facts.cases.get(case.id)
    before = known.forms.get(form.id, {}) if known else {}
    record = case.forms[form.id]
    return risk.Assessment(rules.playbook, form, record, before, case.title, scene.language)


def _asking(scene: Scene, turn: Turn, case: Case) -> Turn:
    """The process is at the decision: ask management, and remember which question it is."""
    named = replace(case, approval=scene.facts.event_id)
    rules = scene.library.of(case.playbook)
    kept = listed(turn.conversation, rules, named)
    asked = decision.ask_management(replace(scene, conversation=kept), case)
    return replace(follow(turn, asked), cases=(named,))
