"""Whether the CRM still vouches for somebody: asked at the moment of a decision, and now and then.

A decision of somebody with a CRM login waits for the answer. Where the CRM is away, it waits until
the CRM is back, and its maker is told; nothing is decided on an old answer.
"""

from dataclasses import replace

from dialogs import decision
from dialogs.entries import staff
from dialogs.events import Unvouched, Vouched
from dialogs.flow import Dialogue
from dialogs.people import Directory, Person, crm_role
from dialogs.records import Record
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Notice
from dialogs.turns import Conversation, Inquiry, Intended, Turn


def waiting(conversation: Conversation, approval: str) -> Intended | None:
    """The decision of this person about that question which waits for the CRM."""
    return next((one for one in conversation.checking if one.approval == approval), None)


def rule(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """The finished decision form: the verdict, or first a question to the CRM about its maker."""
    approval = scene.facts.approvals.get(dialogue.subject)
    intended = Intended(
        dialogue.subject, dict(record), dialogue.mark, len(record) > 1, scene.in_place
    )
    if scene.person.in_crm and decision.refusal(scene, approval, intended.mark) is None:
        return _asked(scene, intended)
    return decision.settled(scene, intended)


def _asked(scene: Scene, intended: Intended) -> Turn:
    """Keep the decision and ask the CRM about its maker."""
    kept = _with(scene.conversation, intended)
    return Turn(kept, inquiries=(Inquiry(staff(scene.person), intended.approval),))


def pressed_again(scene: Scene, intended: Intended) -> Turn:
    """A press while the CRM is being asked: the first one counts; the answer follows with it."""
    if intended.delayed:
        return scene.notice(_waits(scene, intended))
    return Turn(_with(scene.conversation, replace(intended, again=True)))


def heard(scene: Scene, event: Vouched | Unvouched) -> Turn:
    """What the CRM says about the person, or that it says nothing."""
    return vouched(scene, event) if isinstance(event, Vouched) else unvouched(scene, event)


def unvouched(scene: Scene, event: Unvouched) -> Turn:
    """The CRM is away: said once."""
    intended = waiting(scene.conversation, event.approval)
    if intended is None or intended.delayed:
        return Turn(scene.conversation)
    kept = _with(scene.conversation, replace(intended, delayed=True))
    stage = replace(scene, conversation=kept, in_place=intended.in_place)
    notice = _waits(scene, intended)
    ends = intended.asked and kept.active is None
    return stage.closing(notice) if ends else stage.notice(notice)


def vouched(scene: Scene, event: Vouched) -> Turn:
    """The CRM's answer: what it makes of the person, then the decision that waited for it."""
    role = crm_role(active=event.active, groups=event.groups)
    person = replace(scene.person, crm_role=role)
    intended = waiting(scene.conversation, event.approval)
    stage = _as(scene, person, intended)
    known = Turn(stage.conversation)
    if person != scene.person:
        audit = AuditLine(person.id, f"standing:{role}", person.id)
        known = replace(known, people=(person,), audit=(audit,))
    if intended is not None:
        return follow(known, decision.settled(stage, intended))
    return follow(known, _lost(scene, stage))


def _lost(before: Scene, now: Scene) -> Turn:
    """What somebody may no longer do is ended politely, and goes to others where it can."""
    turn = Turn(now.conversation)
    if before.may("decide") and not now.may("decide"):
        turn = decision.handed_over(now)
    if before.person.who == now.person.who or now.person.who != "former":
        return turn
    ended = replace(now, conversation=replace(turn.conversation, dialogues=()))
    notice = Notice(now.denied(), tone="warning")
    told = ended.closing(notice) if now.conversation.dialogues else ended.notice(notice)
    return follow(turn, told)


def _as(scene: Scene, person: Person, intended: Intended | None) -> Scene:
    """The scene with the person as the CRM knows them now, without what waited."""
    people = Directory({**scene.facts.people.persons, person.id: person})
    left = tuple(one for one in scene.conversation.checking if one is not intended)
    return replace(
        scene,
        facts=replace(scene.facts, person=person, people=people),
        conversation=replace(scene.conversation, checking=left),
        in_place=bool(intended and intended.in_place and not intended.delayed),
    )


def _with(conversation: Conversation, intended: Intended) -> Conversation:
    others = (one for one in conversation.checking if one.approval != intended.approval)
    return replace(conversation, checking=(*others, intended))


def _waits(scene: Scene, intended: Intended) -> Notice:
    approval = scene.facts.approvals.get(intended.approval)
    title = scene.say("quoted", text=approval.case.title) if approval else ""
    return Notice(scene.say("vouching_waits", title=title), tone="warning")
