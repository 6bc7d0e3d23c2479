"""Management's decision: who is asked, who may decide, the verdict.

Knows no chat and no CRM product. That only one verdict counts is the store's promise: an approval
is locked while a turn looks at it. What follows from a verdict is `verdicts`' subject.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Literal

from dialogs import ballot, cards, deadlines
from dialogs.cards import card_for
from dialogs.case import Case
from dialogs.events import Decided
from dialogs.people import Address, Person, may, name_of
from dialogs.phrases import say
from dialogs.records import Record
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Notice, Say
from dialogs.turns import Approval, Copy, Intended, Ruling, Tell, Turn, Vote, Voted

Reason = Literal["denied", "gone", "over", "own_case", "changed", "voted", "full"]


@dataclass(frozen=True, slots=True)
class No:
    """Why somebody can't decide about a question now."""

    reason: Reason
    text: str


def ask_management(scene: Scene, case: Case) -> Turn:
    """Open the question and give everybody entitled a card (process step 6)."""
    readers = _readers(scene)
    rules = scene.library.of(case.playbook)
    approval = Approval(
        id=scene.facts.event_id,
        case=case,
        owner=scene.person.id,
        copies=tuple(Copy(address, language) for address, language, _ in readers),
        mark=cards.mark(rules, case),
        asked_at=scene.facts.now,
    )
    shown = tuple(card_for(scene, approval, copy) for copy in approval.copies)
    names = ", ".join(name for _, _, name in readers)
    text = scene.say("asked_management", names=names) if names else scene.say("nobody_to_ask")
    told = scene.notice(Notice(text, tone="info" if names else "warning"))
    alarm = _too_few(scene, approval) if names else _alarmed(scene, approval, "nobody_decides")
    audit = AuditLine(scene.person.id, "ask_management", approval.id)
    return replace(
        told,
        says=told.says + shown + alarm,
        approvals=(approval,),
        timers=deadlines.armed(rules.playbook.decision, approval.id, scene.facts.now),
        audit=(audit,),
    )


def _readers(scene: Scene) -> list[tuple[Address, str, str]]:
    """Address, language and name of everybody who gets a card."""
    playbook, people = scene.library.current.playbook, scene.facts.people
    asked = ballot.circle(playbook, people, scene.person.id)
    deciders = [person for person in asked if person.addresses]
    chat = scene.facts.management
    if chat is not None and deciders:
        return [(chat, scene.library.current.playbook.language, "management")]
    return [(person.addresses[0], person.language, person.name) for person in deciders]


def _deciders(scene: Scene, owner: str) -> Iterable[Person]:
    """Everybody who may decide about a case of that owner."""
    return ballot.entitled(scene.library.current.playbook, scene.facts.people, owner)


def barred_owner(scene: Scene, owner: str) -> str:
    """Whose own case it is, where nobody may decide about their own; else empty."""
    return ballot.barred_owner(scene.library.current.playbook, owner)


def _alarmed(scene: Scene, approval: Approval, key: str, **gaps: object) -> tuple[Say, ...]:
    """It can't be decided as it is: said to the administrators, who can change that."""
    return tuple(
        told
        for admin in scene.facts.people.administrators()
        for told in scene.inform(
            admin, Notice(_unasked(admin, approval, key, **gaps), tone="warning")
        )
    )


def _unasked(reader: Person, approval: Approval, key: str, **gaps: object) -> str:
    return say(reader.language, key, title=approval.case.title, **gaps)


def _too_few(scene: Scene, approval: Approval) -> tuple[Say, ...]:
    """More approvals are needed than there are people: said to the owner and administrators."""
    playbook = scene.library.of(approval.case.playbook).playbook
    needed = ballot.needed(playbook, scene.facts.people, approval)
    count = len(list(_deciders(scene, approval.owner)))
    if count >= needed:
        return ()
    text = _unasked(scene.person, approval, "too_few", needed=needed, count=count)
    told = scene.inform(scene.person, Notice(text, tone="warning"))
    return told + _alarmed(scene, approval, "too_few", needed=needed, count=count)


def refusal(scene: Scene, approval: Approval | None, mark: str) -> No | None:
    """Why this person can't decide about what they saw; None when they can."""
    if not may(scene.person, "decide"):
        return No("denied", scene.denied())
    if approval is None or approval.kind != "decision":
        return No("gone", scene.say("gone"))
    if approval.status != "open":
        return No("over", already(scene, approval))
    if not may(scene.person, "decide", owner=barred_owner(scene, approval.owner)):
        return No("own_case", _own_case(scene, approval))
    return _no_vote(scene, approval, mark)


def _no_vote(scene: Scene, approval: Approval, mark: str) -> No | None:
    """Whoever may decide has seen what it is about, and has not voted yet."""
    if mark != approval.mark or _renewed(scene, approval) is not None:
        return No("changed", scene.say("changed", title=approval.case.title))
    vote = ballot.vote_of(approval, scene.person.id)
    if vote is not None:
        when = cards.when_voted(vote, scene.person, scene.language)
        return No("voted", scene.say("voted", when=when))
    return None


def _renewed(scene: Scene, approval: Approval) -> Approval | None:
    """The question with the case as it stands, where that is not what its cards show."""
    case = scene.facts.cases.get(approval.case.id)
    rules = scene.library.of(approval.case.playbook)
    now = cards.mark(rules, case, approval.enquiries) if case else approval.mark
    if case is None or now == approval.mark:
        return None
    return replace(approval, case=case, mark=now)


def _shown_anew(scene: Scene, approval: Approval) -> Turn:
    """Bring every card up to date; whoever pressed gets a new one below."""
    fresh = _renewed(scene, approval) or approval
    turn = again(scene, fresh)
    here = {copy.address for copy in fresh.copies if copy.address == scene.home}
    others = (copy for copy in fresh.copies if copy.address not in here)
    updated = tuple(replace(card_for(scene, fresh, copy), edit=True) for copy in others)
    return replace(turn, says=turn.says + (updated if fresh is not approval else ()))


def _own_case(scene: Scene, approval: Approval) -> str:
    """Somebody else has to; or it is said that there is nobody else."""
    others = any(_deciders(scene, approval.owner))
    return scene.say("own_case" if others else "own_case_alone")


def already(scene: Scene, approval: Approval) -> str:
    """By whom and when it was decided: the answer to a late press."""
    decider = scene.facts.people.persons.get(approval.decided_by or "")
    if decider is None or approval.status == "withdrawn":
        return scene.say("withdrawn")
    when = cards.when_decided(approval, scene.person, scene.language)
    return scene.say(f"already_{approval.status}", name=decider.name, when=when)


def turned_away(
    scene: Scene, approval: Approval | None, no: No, *, dialogue_ends: bool = False
) -> Turn:
    """Say why not and write it down; show what there is to decide instead, or to whom it goes."""
    notice = Notice(no.text, tone="warning")
    told = scene.closing(notice) if dialogue_ends else scene.notice(notice)
    subject = approval.id if approval else ""
    turn = replace(told, audit=(AuditLine(scene.person.id, f"refused:{no.reason}", subject),))
    stage = replace(scene, conversation=turn.conversation)
    if approval is None:
        return turn
    if no.reason == "denied":
        return follow(turn, _reassigned(stage, approval))
    if no.reason == "changed":
        return follow(turn, _shown_anew(stage, approval))
    current = _current(scene, approval)
    return follow(turn, again(stage, current)) if no.reason == "over" and current else turn


def _current(scene: Scene, approval: Approval) -> Approval | None:
    """The open question about that case that this person may decide now."""
    return next(
        (one for one in _mine(scene) if one.case.id == approval.case.id),
        None,
    )


def _reassigned(scene: Scene, approval: Approval) -> Turn:
    """Take the card from somebody who may not decide any more, and see that others have it."""
    taken = _held(approval, scene.person)
    if approval.status != "open" or approval.kind != "decision" or not taken:
        return Turn(scene.conversation)
    return reseated(scene, approval, scene.person)


def _held(approval: Approval, person: Person) -> list[Copy]:
    seats = _seats(person)
    return [copy for copy in approval.copies if _seat(copy.address) in seats]


def reseated(scene: Scene, approval: Approval, person: Person) -> Turn:
    """A card for everybody who may decide, and none any more for this person if they may not."""
    barred = not may(person, "decide", owner=barred_owner(scene, approval.owner))
    taken = _held(approval, person) if barred else []
    left = tuple(copy for copy in approval.copies if copy not in taken)
    added = _missing(scene, approval, left)
    known = replace(approval, copies=left + added)
    why = "own_now" if approval.owner == person.id else "not_yours"
    closed = tuple(cards.closed_for(scene, approval, copy, why) for copy in taken)
    new = tuple(card_for(scene, known, copy) for copy in added)
    alarm = () if any(_deciders(scene, approval.owner)) else _orphaned(scene, approval)
    return Turn(scene.conversation, closed + new + alarm, approvals=(known,))


def handed_over(scene: Scene) -> Turn:
    """The person may not decide any more: every open question of theirs goes to others."""
    turn = Turn(scene.conversation)
    for approval in scene.facts.approvals.values():
        turn = follow(turn, _reassigned(scene, approval))
    return turn


def _missing(scene: Scene, approval: Approval, left: tuple[Copy, ...]) -> tuple[Copy, ...]:
    """A copy for everybody entitled who holds none; a chat of management is enough for all."""
    there = {_seat(copy.address) for copy in left}
    if scene.facts.management in {copy.address for copy in left}:
        return ()
    playbook, people = scene.library.current.playbook, scene.facts.people
    asked = ballot.circle(playbook, people, approval.owner, approval.level)
    lacking = [one for one in asked if one.addresses and not there & _seats(one)]
    return tuple(Copy(person.addresses[0], person.language) for person in lacking)


def _seat(address: Address) -> tuple[str, str]:
    """Whose it is: Slack names one direct message in two ways."""
    return address.channel, address.account


def _seats(person: Person) -> set[tuple[str, str]]:
    return {_seat(address) for address in person.addresses}


def _orphaned(scene: Scene, approval: Approval) -> tuple[Say, ...]:
    """Nobody is left to decide: the owner and the administrators hear of it."""
    owner = scene.facts.people.persons.get(approval.owner)
    notice = Notice(_unasked(owner, approval, "nobody_decides"), "warning") if owner else None
    told = scene.inform(owner, notice) if owner and notice else ()
    return told + _alarmed(scene, approval, "nobody_decides")


def settled(scene: Scene, intended: Intended) -> Turn:
    """Whoever decided is known by now: the verdict, and the word to the owner's conversation."""
    approval = scene.facts.approvals.get(intended.approval)
    ends = intended.asked and scene.conversation.active is None
    no = refusal(scene, approval, intended.mark)
    if no is not None or approval is None:
        given = no or No("gone", scene.say("gone"))
        return turned_away(scene, approval, given, dialogue_ends=ends)
    return _voted(scene, approval, intended)


def _voted(scene: Scene, approval: Approval, intended: Intended) -> Turn:
    """One more vote: it decides, or the card shows how it stands."""
    event = _decided(scene, approval, intended.record)
    vote = Vote(scene.person.id, "approved" if event.approved else "rejected", scene.facts.now)
    playbook = scene.library.of(approval.case.playbook).playbook
    votes = (*approval.votes, vote)
    status = ballot.outcome(playbook, scene.facts.people, approval, votes)
    cast = (Voted(approval.id, vote),)
    if status == "open":
        return replace(_one_of_several(scene, replace(approval, votes=votes), intended), votes=cast)
    return replace(
        _thanks(scene, approval, status, intended),
        ruling=Ruling(approval.id, status, scene.person.id),
        votes=cast,
        tells=(Tell(f"appr:{approval.id}", approval.owner, event),),
        cancelled=deadlines.ids(approval.id),
        audit=(AuditLine(scene.person.id, status, approval.id),),
    )


def _one_of_several(scene: Scene, approval: Approval, intended: Intended) -> Turn:
    """Say that it counts, and show on every card who has voted."""
    playbook = scene.library.of(approval.case.playbook).playbook
    needed = ballot.needed(playbook, scene.facts.people, approval)
    title, count = approval.case.title, len(ballot.counting(playbook, approval, approval.votes))
    thanks = Notice(scene.say("vote_counts", title=title, count=count, needed=needed), "good")
    ends = intended.asked and scene.conversation.active is None
    told = scene.closing(thanks) if ends else scene.notice(thanks)
    shown = tuple(replace(card_for(scene, approval, one), edit=True) for one in approval.copies)
    audit = (AuditLine(scene.person.id, "vote", approval.id),)
    return replace(told, says=told.says + shown, audit=audit)


def _decided(scene: Scene, approval: Approval, record: Record) -> Decided:
    return Decided(
        approval=approval.id,
        case=approval.case.id,
        approved=record.get("verdict") == "approved",
        by=scene.person.id,
        reason=str(record.get("reason") or ""),
        target=str(record.get("target") or ""),
    )


def _thanks(scene: Scene, approval: Approval, status: str, intended: Intended) -> Turn:
    """Say so where a dialogue was led or somebody had to wait; else the card shows it."""
    name = name_of(scene.facts.people, approval.owner)
    thanks = Notice(scene.say(f"you_{status}", title=approval.case.title, owner=name), tone="good")
    if intended.asked and scene.conversation.active is None:
        return scene.closing(thanks)
    if intended.asked or intended.delayed:
        return scene.notice(thanks)
    if not intended.again:
        return Turn(scene.conversation)
    ruled = replace(
        approval,
        status="approved" if status == "approved" else "rejected",
        decided_by=scene.person.id,
        decided_at=scene.facts.now,
    )
    return scene.notice(Notice(already(scene, ruled), tone="warning"))


def pending(scene: Scene) -> Turn:
    """Show every open question this person may decide, each as a card of its own."""
    waiting = _mine(scene)
    if not waiting:
        return scene.notice(Notice(scene.say("pending_none")))
    turn = scene.notice(Notice(scene.say("pending", count=len(waiting))))
    for approval in waiting:
        turn = follow(turn, again(scene, approval))
    return turn


def _mine(scene: Scene) -> list[Approval]:
    """The open questions that this person may decide about."""
    return [
        one
        for one in scene.facts.approvals.values()
        if one.status == "open"
        and one.kind == "decision"
        and may(scene.person, "decide", owner=barred_owner(scene, one.owner))
    ]


def asked_of(scene: Scene) -> list[Approval]:
    """Those of them about which this person was asked and has not voted."""
    return [one for one in _mine(scene) if _asked(scene, one) and not _has_voted(scene, one)]


def _asked(scene: Scene, approval: Approval) -> bool:
    playbook = scene.library.of(approval.case.playbook).playbook
    circle = ballot.circle(playbook, scene.facts.people, approval.owner, approval.level)
    return scene.person.id in {one.id for one in circle}


def _has_voted(scene: Scene, approval: Approval) -> bool:
    return ballot.vote_of(approval, scene.person.id) is not None


def again(scene: Scene, approval: Approval) -> Turn:
    """The card anew, as a further copy that will be updated like the others."""
    address = scene.home
    if address is None:
        return Turn(scene.conversation)
    copy = Copy(address, scene.language)
    others = (one for one in approval.copies if one.address.place != address.place)
    known = replace(approval, copies=(*others, copy))
    card = replace(card_for(scene, known, copy), above=True)
    return Turn(scene.conversation, (card,), approvals=(known,))
