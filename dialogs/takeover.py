"""The contact's side of a hand-over: who may take a customer over, and their word about it.

That one word counts is the store's promise: the question is locked while a turn looks at it. Of
several contacts the first who accepts has it; it is declined once all have declined.
"""

from dataclasses import replace
from typing import Literal

from dialogs import ballot, cards
from dialogs.cards import card_for
from dialogs.events import HandedOver
from dialogs.flow import Dialogue
from dialogs.people import Person, may, name_of
from dialogs.records import Record
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import Notice
from dialogs.turns import Approval, Ruling, Tell, Turn, Vote, Voted

WORDS = ("accepted", "declined")


def refusal(scene: Scene, approval: Approval | None, mark: str) -> str:
    """Why this person can't take that customer over; empty when they can."""
    if not scene.may("take_over"):
        return scene.denied()
    if approval is None or approval.kind != "handover":
        return scene.say("gone")
    if approval.status != "open":
        return scene.say("handover_over", what=cards.settled_as(scene, approval))
    target = scene.library.of(approval.case.playbook).playbook.target(approval.target)
    if target is None or target.contact is None or not target.contact.means(scene.person):
        return scene.say("not_contact")
    if ballot.vote_of(approval, scene.person.id):
        return scene.say("declined_already")
    return "" if mark == approval.mark else scene.say("stale")


def settled(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """The finished word: the verdict, and what the owner's conversation has to know."""
    approval = scene.facts.approvals.get(dialogue.subject)
    no = refusal(scene, approval, dialogue.mark)
    ends = scene.conversation.active is None and len(record) > 1
    if no or approval is None:
        return turned_away(scene, approval, no or scene.say("gone"), dialogue_ends=ends)
    accepted = record.get("verdict") == "accepted"
    others = () if accepted else _others(scene, approval)
    if others:
        return _declined_alone(scene, approval, record, others, ends=ends)
    status: Literal["approved", "rejected"] = "approved" if accepted else "rejected"
    me = scene.person.id
    reason = str(record.get("reason") or "")
    event = HandedOver(approval.id, approval.case.id, accepted, me, reason)
    text = scene.say(
        "you_accepted" if accepted else "you_declined",
        title=approval.case.title,
        owner=name_of(scene.facts.people, approval.owner),
    )
    thanks = Notice(text, tone="good")
    return replace(
        scene.closing(thanks) if ends else scene.notice(thanks),
        ruling=Ruling(approval.id, status, me),
        tells=(Tell(f"hand:{approval.id}", approval.owner, event),),
        audit=(AuditLine(me, "accepted" if accepted else "declined", approval.id),),
    )


def _others(scene: Scene, approval: Approval) -> tuple[Person, ...]:
    """The contacts with a card who can still accept when this one declines."""
    holders = (cards.holder(scene.facts.people, one) for one in approval.copies)
    there = {one.id: one for one in holders if one is not None and may(one, "take_over")}
    said = {scene.person.id, *(vote.by for vote in approval.votes)}
    return tuple(person for name, person in there.items() if name not in said)


def _declined_alone(
    scene: Scene, approval: Approval, record: Record, others: tuple[Person, ...], *, ends: bool
) -> Turn:
    """One of several declines: their card is taken away, the others can still accept."""
    me, reason = scene.person.id, str(record.get("reason") or "")
    vote = Vote(me, "rejected", scene.facts.now)
    left = tuple(one.id for one in others)
    event = HandedOver(
        approval.id, approval.case.id, accepted=False, by=me, reason=reason, left=left
    )
    text = scene.say(
        "you_declined_alone",
        title=approval.case.title,
        owner=name_of(scene.facts.people, approval.owner),
        names=", ".join(one.name for one in others),
    )
    thanks = Notice(text, tone="good")
    told = scene.closing(thanks) if ends else scene.notice(thanks)
    shown = replace(approval, votes=(*approval.votes, vote))
    cards_ = tuple(replace(card_for(scene, shown, one), edit=True) for one in approval.copies)
    return replace(
        told,
        says=told.says + cards_,
        votes=(Voted(approval.id, vote),),
        tells=(Tell(f"hand:{approval.id}:{me}", approval.owner, event),),
        audit=(AuditLine(me, "declined:alone", approval.id),),
    )


def turned_away(
    scene: Scene, approval: Approval | None, why: str, *, dialogue_ends: bool = False
) -> Turn:
    """Say why not, and write it down."""
    notice = Notice(why, tone="warning")
    told = scene.closing(notice) if dialogue_ends else scene.notice(notice)
    audit = AuditLine(scene.person.id, "refused:take_over", approval.id if approval else "")
    return replace(told, audit=(audit,))
