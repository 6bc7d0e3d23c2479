"""What follows from a verdict or a withdrawal, in the conversation of the case's owner.

The case moves a step, the entry for the CRM is made, every card is closed. Decides nothing.
"""

from dataclasses import replace

from dialogs.cards import card_for
from dialogs.case import Case
from dialogs.crm import JsonValue
from dialogs.entries import keeping, ruled
from dialogs.events import Decided
from dialogs.library import Rulebook
from dialogs.people import Person
from dialogs.scene import Scene
from dialogs.shows import Link, Notice
from dialogs.turns import CaseRef, Conversation, Turn


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
    moved = replace(moved, forms={**moved.forms, rules.playbook.decision.form: record})
    delivery = ruled(rules.playbook, moved, approval, record=record, by=manager, owner=scene.person)
    final = replace(approval, case=moved)
    told = scene.notice(_news(scene, rules, moved, event, manager))
    return replace(
        told,
        conversation=listed(told.conversation, rules, moved),
        says=told.says + tuple(card_for(scene, final, copy) for copy in final.copies),
        cases=(keeping(moved, delivery),),
        deliveries=(delivery,),
    )


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
        reason=_sentence(event.reason),
        target=targets.get(event.target, event.target),
    )
    link = Link(scene.say("open_crm"), case.url) if case.url else None
    return Notice(text, "good" if event.approved else "warning", link=link)


def _sentence(text: str) -> str:
    """End it, where another sentence follows."""
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def listed(conversation: Conversation, rules: Rulebook, case: Case) -> Conversation:
    """The owner's list of open cases with this one as it stands now; ended ones leave it."""
    others = tuple(one for one in conversation.cases if one.id != case.id)
    if not rules.playbook.steps[case.step].then:
        return replace(conversation, cases=others)
    return replace(
        conversation, cases=(*others, CaseRef(case.id, case.title, case.step, case.approval))
    )
