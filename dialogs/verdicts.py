"""What follows from a verdict or a withdrawal, in the conversation of the case's owner.

The case moves a step, the entry for the CRM is made, every card is closed. Decides nothing.
"""

from dataclasses import replace
from typing import Literal

from dialogs import enquiries, handover, moves
from dialogs.cards import card_for
from dialogs.case import Case
from dialogs.crm import JsonValue
from dialogs.entries import keeping, ruled
from dialogs.events import Decided, Enquired, HandedOver
from dialogs.library import Rulebook
from dialogs.listing import listed
from dialogs.people import Person
from dialogs.scene import Scene, follow
from dialogs.sentences import sentence
from dialogs.shows import Link, Notice
from dialogs.turns import Tell, Turn


def heard(scene: Scene, event: Decided | Enquired | HandedOver) -> Turn:
    """What somebody else said about a case, for its owner: whoever that is by now."""
    asked = scene.facts.approvals.get(event.approval)
    case = scene.facts.cases.get(asked.case.id) if asked else None
    if case is not None and case.owner != scene.person.id:
        onward = Tell(f"onward:{scene.facts.event_id}", case.owner, event)
        return Turn(scene.conversation, tells=(onward,))
    match event:
        case Decided():
            return decided(scene, event)
        case Enquired():
            return enquiries.heard(scene, event)
        case HandedOver():
            return handover.heard(scene, event)


def decided(scene: Scene, event: Decided) -> Turn:
    """In the owner's conversation: move the case, enter the decision, close every card."""
    case = scene.facts.cases.get(event.case)
    approval = scene.facts.approvals.get(event.approval)
    manager = scene.facts.people.persons.get(event.by)
    if case is None or approval is None or manager is None:
        return Turn(scene.conversation)
    record = _record(event)
    rules = scene.library.of(case.playbook)
    moved = rules.lifecycle.after(case, str(record["verdict"])) or case
    moved = replace(
        moved,
        forms={**moved.forms, rules.playbook.decision.form: record},
        since=scene.facts.now,
        helpers=tuple(dict.fromkeys((*moved.helpers, event.by))),
    )
    before = case.forms.get(rules.playbook.decision.form, {})
    delivery = ruled(
        rules.playbook,
        moved,
        approval,
        record=record,
        by=manager,
        owner=scene.person,
        before=before,
        people=scene.facts.people,
    )
    final = replace(approval, case=moved)
    told = scene.notice(_news(scene, rules, moved, event, manager))
    turn = replace(
        told,
        conversation=listed(told.conversation, rules, moved),
        says=told.says + tuple(card_for(scene, final, copy) for copy in final.copies),
        cases=(keeping(moved, delivery),),
        deliveries=(delivery,),
    )
    if event.approved:
        return turn
    stage = replace(scene, conversation=turn.conversation)
    return follow(turn, handover.begun(stage, keeping(moved, delivery), event.target))


def _record(event: Decided) -> dict[str, JsonValue]:
    given = {
        "verdict": "approved" if event.approved else "rejected",
        "reason": event.reason,
        "target": event.target,
    }
    return {fact: value for fact, value in given.items() if value}


def _news(scene: Scene, rules: Rulebook, case: Case, event: Decided, manager: Person) -> Notice:
    targets = {one.id: one.text.of(scene.language) for one in rules.playbook.handover}
    step = rules.playbook.steps[case.step].title.of(scene.language)
    said = "approved" if event.approved else "rejected" if event.target else "rejected_only"
    text = scene.say(
        said,
        title=case.title,
        name=manager.name,
        step=step,
        reason=sentence(event.reason),
        target=targets.get(event.target, event.target),
    )
    link = Link(scene.say("open_crm"), case.url) if case.url else None
    buttons = moves.buttons(scene, case)
    tone: Literal["good", "warning"] = "good" if event.approved else "warning"
    return Notice(text, tone, buttons=buttons, link=link)
