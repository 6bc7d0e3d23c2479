"""What a finished form leads to: a case and its entry for the CRM, or a verdict.

Knows the process; knows no chat and no CRM product.
"""

from dataclasses import replace

from dialogs import decision, joining, risk, vouching
from dialogs.case import Case
from dialogs.crm import JsonValue
from dialogs.entries import appointed, case_meant, customer_of, entry, keeping, opportunity_of
from dialogs.flow import Dialogue
from dialogs.library import Rulebook
from dialogs.playbook import Form
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Notice
from dialogs.turns import Turn
from dialogs.verdicts import listed

Record = dict[str, JsonValue]


def finish(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """Act on the confirmed answers. The dialogue has left the conversation already."""
    form = scene.form(dialogue)
    if form.opens == "approval":
        return vouching.rule(scene, dialogue, record)
    if form.opens == "invitation":
        return joining.answered(scene, dialogue, record)
    rules = scene.rules(dialogue)
    case = _case(scene, rules, dialogue, form, record)
    if case is None:
        return scene.closing(Notice(scene.say("gone_case"), tone="warning"))
    return _entered(scene, rules, form, case, dialogue)


def _case(
    scene: Scene, rules: Rulebook, dialogue: Dialogue, form: Form, record: Record
) -> Case | None:
    """The case with this record in it, one step on."""
    known = scene.facts.cases.get(dialogue.subject)
    if dialogue.subject != dialogue.id and not _stands_at(rules, known, form):
        return None
    known = known or scene.facts.cases.get(case_meant(form, record))
    case = known or _new_case(scene, rules, dialogue, form, record)
    filled = replace(_listening(case, form, dialogue), forms={**case.forms, form.id: record})
    return rules.lifecycle.finished(filled, form.id)


def _listening(case: Case, form: Form, dialogue: Dialogue) -> Case:
    """The case with what a message said beforehand of forms that come later."""
    later = {name: words for name, words in dialogue.heard.items() if not form.question(name)}
    return replace(case, told={**case.told, **dialogue.aside}, heard={**case.heard, **later})


def _stands_at(rules: Rulebook, case: Case | None, form: Form) -> bool:
    """A form about an open case counts only at its step: nobody is asked to decide twice."""
    return case is not None and rules.lifecycle.takes(form, case.step)


def _new_case(
    scene: Scene, rules: Rulebook, dialogue: Dialogue, form: Form, record: Record
) -> Case:
    step = rules.lifecycle.step_of(form.id)
    customer = customer_of(form, record)
    title, existing = opportunity_of(form, record)
    named = customer.name if customer else form.title.of(rules.playbook.language)
    return Case(
        id=dialogue.subject,
        owner=scene.person.id,
        playbook=rules.playbook.edition,
        step=step.id if step else rules.playbook.case_process.steps[0].id,
        title=title or named,
        customer=customer,
        existing=existing,
    )


def _entered(scene: Scene, rules: Rulebook, form: Form, case: Case, dialogue: Dialogue) -> Turn:
    who, zone = scene.person, scene.facts.zone
    known = scene.facts.cases.get(case.id)
    before, files = known.step if known else "", dialogue.files
    delivery = entry(rules.playbook, form, case, who, who, before=before, zone=zone, files=files)
    seen = _assessed(scene, rules, form, case)
    company = replace(seen, language=rules.playbook.language)
    delivery = replace(delivery, pictures=risk.attached(company))
    case = appointed(keeping(case, delivery), form, delivery)
    told = scene.closing(Notice(scene.say("kept", title=scene.name(dialogue)), tone="good"))
    audit = AuditLine(scene.person.id, f"finish:{form.id}", case.id)
    turn = replace(
        told,
        conversation=listed(told.conversation, rules, case),
        cases=(case,),
        deliveries=(delivery,),
        audit=(audit,),
    )
    matrix = risk.picture(seen)
    if matrix is not None:
        turn = follow(turn, replace(scene, conversation=turn.conversation).shown(matrix))
    turn = follow(turn, joining.invited(replace(scene, conversation=turn.conversation), case, form))
    case = turn.cases[-1]
    turn = replace(turn, cases=(case,))
    if case.step != rules.playbook.decision.step:
        return turn
    return _asking(scene, turn, case)


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
