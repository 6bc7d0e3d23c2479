"""The contact's side of a hand-over: who may take a customer over, and their word about it.

That one word counts is the store's promise: the question is locked while a turn looks at it.
"""

from dataclasses import replace
from typing import Literal

from dialogs import cards
from dialogs.events import HandedOver
from dialogs.flow import Dialogue
from dialogs.records import Record
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import Notice
from dialogs.turns import Approval, Ruling, Tell, Turn

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
    return "" if mark == approval.mark else scene.say("stale")


def settled(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """The finished word: the verdict, and what the owner's conversation has to know."""
    approval = scene.facts.approvals.get(dialogue.subject)
    no = refusal(scene, approval, dialogue.mark)
    ends = scene.conversation.active is None and len(record) > 1
    if no or approval is None:
        return turned_away(scene, approval, no or scene.say("gone"), dialogue_ends=ends)
    accepted = record.get("verdict") == "accepted"
    status: Literal["approved", "rejected"] = "approved" if accepted else "rejected"
    me = scene.person.id
    reason = str(record.get("reason") or "")
    event = HandedOver(approval.id, approval.case.id, accepted, me, reason)
    text = scene.say(
        "you_accepted" if accepted else "you_declined",
        title=approval.case.title,
        owner=cards.name_of(scene.facts.people, approval.owner),
    )
    thanks = Notice(text, tone="good")
    return replace(
        scene.closing(thanks) if ends else scene.notice(thanks),
        ruling=Ruling(approval.id, status, me),
        tells=(Tell(f"hand:{approval.id}", approval.owner, event),),
        audit=(AuditLine(me, "accepted" if accepted else "declined", approval.id),),
    )


def turned_away(
    scene: Scene, approval: Approval | None, why: str, *, dialogue_ends: bool = False
) -> Turn:
    """Say why not, and write it down."""
    notice = Notice(why, tone="warning")
    told = scene.closing(notice) if dialogue_ends else scene.notice(notice)
    audit = AuditLine(scene.person.id, "refused:take_over", approval.id if approval else "")
    return replace(told, audit=(audit,))
