"""A customer goes to the group: its contact is asked, the owner hears (process step 9).

A hand-over is a question like the one to management: kept in the same rows, with cards, a mark and
one verdict. This file is the owner's side; the contact's is `takeover`.
"""

from dataclasses import replace
from datetime import timedelta

from dialogs import cards
from dialogs.cards import card_for
from dialogs.case import Case
from dialogs.crm import Activity, Delivery
from dialogs.entries import keeping, noted, target_field
from dialogs.events import HandedOver
from dialogs.library import Rulebook
from dialogs.listing import listed
from dialogs.people import Person, may
from dialogs.phrases import say
from dialogs.playbook import Handover
from dialogs.records import Record
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.sentences import sentence
from dialogs.shows import Button, Link, Notice, Say
from dialogs.tokens import free
from dialogs.turns import Approval, CaseRef, Conversation, Copy, Ruling, Turn, Wants


def wanted(conversation: Conversation, case: str) -> Wants:
    """The case, and the question to a contact that may be open about it."""
    asked = (one.approval for one in conversation.cases if one.id == case and one.approval)
    return Wants((case,), tuple(asked))


def begun(scene: Scene, case: Case, target_id: str) -> Turn:
    """Ask the contact of that target; without a declared one nobody has to be asked."""
    rules = scene.library.of(case.playbook)
    target = rules.playbook.target(target_id)
    if target is None or target.contact is None or not rules.playbook.steps[case.step].hands_over:
        return Turn(scene.conversation)
    contacts = [one for one in contacts_of(scene, target) if one.addresses]
    if not contacts:
        return _nobody(scene, case, target)
    return _asked(scene, rules, replace(case, approval=scene.facts.event_id), target, contacts)


def contacts_of(scene: Scene, target: Handover) -> list[Person]:
    """Whom the playbook names, as far as they may take customers over."""
    people = scene.facts.people.persons.values()
    named = (one for one in people if target.contact is not None and target.contact.means(one))
    return [one for one in named if may(one, "take_over")]


def _asked(
    scene: Scene, rules: Rulebook, case: Case, target: Handover, contacts: list[Person]
) -> Turn:
    approval = Approval(
        id=scene.facts.event_id,
        case=case,
        owner=scene.person.id,
        copies=tuple(Copy(one.addresses[0], one.language) for one in contacts),
        mark=cards.mark(rules, case, target=target.id),
        kind="handover",
        target=target.id,
        asked_at=scene.facts.now,
    )
    names = ", ".join(one.name for one in contacts)
    told = scene.notice(Notice(_of(scene, "handover_asked", case, target, names=names)))
    return replace(
        told,
        conversation=listed(told.conversation, rules, case),
        says=told.says + tuple(card_for(scene, approval, copy) for copy in approval.copies),
        cases=(case,),
        approvals=(approval,),
        audit=(AuditLine(scene.person.id, "ask_contact", approval.id),),
    )


def _nobody(scene: Scene, case: Case, target: Handover) -> Turn:
    """Nobody is linked: said to the owner, who can choose anew, and to the administrators."""
    text = _of(scene, "handover_nobody", case, target)
    told = scene.notice(Notice(text, "warning", buttons=_choices(scene, case, but=target.id)))
    rules = scene.library.of(case.playbook)
    kept = listed(told.conversation, rules, case)
    return replace(told, conversation=kept, says=told.says + _alarm(scene, case, target))


def _alarm(scene: Scene, case: Case, target: Handover) -> tuple[Say, ...]:
    return tuple(
        said
        for admin in scene.facts.people.administrators()
        for said in scene.inform(admin, Notice(_alarmed(admin, case, target), tone="warning"))
    )


def _alarmed(admin: Person, case: Case, target: Handover) -> str:
    to = target.text.of(admin.language)
    return say(admin.language, "handover_alarm", title=case.title, target=to)


def _of(scene: Scene, key: str, case: Case, target: Handover, **gaps: object) -> str:
    return scene.say(key, title=case.title, target=target.text.of(scene.language), **gaps)


def button(scene: Scene, case: CaseRef) -> Button:
    """The way to another target, from the owner's list."""
    token = free(scene.conversation.id, "hand", case.id)
    return Button(scene.say("hand_over", title=case.title), token)


def _choices(scene: Scene, case: Case, but: str = "") -> tuple[Button, ...]:
    """The targets, by their place in the playbook: a button has not the room for more."""
    targets = enumerate(scene.library.of(case.playbook).playbook.handover)
    return tuple(
        Button(one.text.of(scene.language), free(scene.conversation.id, "hand", case.id, str(n)))
        for n, one in targets
        if one.id != but
    )


def chosen(scene: Scene, case_id: str, number: str = "") -> Turn:
    """The owner presses a target, or wants to see them."""
    case = scene.facts.cases.get(case_id)
    rules = scene.library.of(case.playbook) if case else scene.library.current
    if case is None or not rules.playbook.steps[case.step].hands_over:
        return scene.notice(Notice(scene.say("gone_case"), tone="warning"))
    if not may(scene.person, "hand_over", owner=case.owner):
        return scene.refused("hand_over")
    target = _numbered(rules, number)
    if target is None:
        text = scene.say("choose_target", title=case.title)
        return scene.notice(Notice(text, buttons=_choices(scene, case)))
    return _redirected(scene, case, target)


def _numbered(rules: Rulebook, number: str) -> Handover | None:
    targets = dict(enumerate(rules.playbook.handover))
    known = number.isascii() and number.isdecimal() and len(number) < 4  # noqa: PLR2004 - of digits
    return targets.get(int(number)) if known else None


def recalled(scene: Scene, case: Case) -> Turn:
    """Take the open question to a contact back, where there is one."""
    before = scene.facts.approvals.get(case.approval)
    if before is None or before.status != "open" or before.kind != "handover":
        return Turn(scene.conversation)
    closed = replace(before, status="withdrawn", decided_by=scene.person.id)
    return Turn(
        scene.conversation,
        says=tuple(card_for(scene, closed, copy) for copy in closed.copies),
        ruling=Ruling(before.id, "withdrawn", scene.person.id),
        audit=(AuditLine(scene.person.id, "handover_withdrawn", before.id),),
    )


def accepted(scene: Scene, case: Case) -> bool:
    """Whether a contact has taken it over, and the case is only about to follow."""
    asked = scene.facts.approvals.get(case.approval)
    return asked is not None and asked.kind == "handover" and asked.status == "approved"


def _redirected(scene: Scene, case: Case, target: Handover) -> Turn:
    """Take the open question back, and ask the contact of that target."""
    asked = scene.facts.approvals.get(case.approval)
    if asked is not None and accepted(scene, case):  # and the owner has not heard it yet
        what = cards.settled_as(scene, asked)
        return scene.notice(Notice(scene.say("handover_over", what=what), tone="warning"))
    turn = recalled(scene, case)
    if target.contact is None:
        return follow(turn, scene.notice(Notice(_of(scene, "handover_nobody", case, target))))
    return follow(turn, begun(scene, case, target.id))


def heard(scene: Scene, event: HandedOver) -> Turn:
    """In the owner's conversation: the case, the entry for the CRM, the cards, and the trace."""
    approval = scene.facts.approvals.get(event.approval)
    case = scene.facts.cases.get(approval.case.id) if approval else None
    contact = scene.facts.people.persons.get(event.by)
    if approval is None or case is None or contact is None:
        return Turn(scene.conversation)
    rules = scene.library.of(case.playbook)
    target = rules.playbook.target(approval.target)
    form = rules.playbook.form_that("handover")
    if target is None or form is None:
        return Turn(scene.conversation)
    record = _record(event)
    if event.left:
        return _declined_alone(scene, case, target, contact, event)
    moved = rules.lifecycle.after(case, str(record["verdict"])) or case
    moved = replace(moved, forms={**moved.forms, form.id: dict(record)})
    delivery = _delivery(scene, moved, target, contact, accepted=event.accepted)
    final = replace(approval, case=moved)
    told = scene.notice(_news(scene, moved, target, contact, event))
    return replace(
        told,
        conversation=listed(told.conversation, rules, moved),
        says=told.says + tuple(card_for(scene, final, copy) for copy in final.copies),
        cases=(keeping(moved, delivery),),
        deliveries=(delivery,),
    )


def _declined_alone(
    scene: Scene, case: Case, target: Handover, contact: Person, event: HandedOver
) -> Turn:
    """One of several contacts declined: the trace, while the others can still accept."""
    rules = scene.library.of(case.playbook)
    form = rules.playbook.form_that("handover")
    assert form is not None
    answered = replace(case, forms={**case.forms, form.id: dict(_record(event))})
    delivery = _delivery(scene, answered, target, contact, accepted=False)
    people = scene.facts.people.persons
    names = ", ".join(people[one].name for one in event.left if one in people)
    gaps = {"name": contact.name, "reason": sentence(event.reason), "names": names}
    told = scene.notice(Notice(_of(scene, "was_declined_alone", case, target, **gaps)))
    return replace(told, cases=(keeping(case, delivery),), deliveries=(delivery,))


def _record(event: HandedOver) -> dict[str, str]:
    given = {"verdict": "accepted" if event.accepted else "declined", "reason": event.reason}
    return {name: text for name, text in given.items() if text}


def _delivery(
    scene: Scene, case: Case, target: Handover, contact: Person, *, accepted: bool
) -> Delivery:
    """The note; accepted, the opportunity goes to its new owner, with something to do."""
    rules = scene.library.of(case.playbook)
    playbook, form = rules.playbook, rules.playbook.form_that("handover")
    assert form is not None
    language = playbook.language
    head = (
        (say(language, "handover_to"), target.text.of(language)),
        (say(language, "handed_over_by"), scene.person.name),
    )
    record: Record = case.forms[form.id]
    owner = contact if accepted else scene.person
    delivery = noted(playbook, form, case, contact, owner, rows=head, record=record)
    if not accepted:
        return delivery
    return replace(
        delivery,
        passed_on=True,
        team=target.team,
        opportunity=target_field(playbook, target),
        activity=_task(scene, rules, target),
    )


def _task(scene: Scene, rules: Rulebook, target: Handover) -> Activity | None:
    if target.task is None:
        return None
    due = scene.moment(rules).now.date() + timedelta(days=target.days)
    return Activity(target.task.of(rules.playbook.language), due.isoformat())


def _news(scene: Scene, case: Case, target: Handover, contact: Person, event: HandedOver) -> Notice:
    key = "was_accepted" if event.accepted else "was_declined"
    reason = sentence(event.reason)
    text = _of(scene, key, case, target, name=contact.name, reason=reason)
    link = Link(scene.say("open_crm"), case.url) if case.url else None
    if event.accepted:
        return Notice(text, "good", link=link)
    return Notice(text, "warning", buttons=_choices(scene, case, but=target.id), link=link)
