"""A timer of a question came due: a reminder, the deputy, the next level, and word to the owner."""

from dataclasses import replace

from dialogs import ballot, cards, withdrawal
from dialogs.cards import card_for
from dialogs.deadlines import WHATS, timer
from dialogs.events import Fired
from dialogs.people import Person
from dialogs.phrases import say
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Notice, Say
from dialogs.turns import Approval, CaseRef, Copy, Turn


def due(scene: Scene, event: Fired) -> Turn:
    approval = scene.facts.approvals.get(event.payload.get("approval", ""))
    what = event.payload.get("what")
    if approval is None or approval.status != "open" or approval.kind != "decision":
        return Turn(scene.conversation)
    if what == "remind":
        return _reminded(scene, approval)
    return _overdue(scene, approval) if what in WHATS else Turn(scene.conversation)


def _reminded(scene: Scene, approval: Approval) -> Turn:
    """Show the card anew to those who have not voted; once."""
    if approval.reminded:
        return Turn(scene.conversation)
    known = replace(approval, reminded=True)
    waiting = [one for one in known.copies if not _has_voted(scene, known, one)]
    says = tuple(replace(card_for(scene, known, copy), above=True) for copy in waiting)
    audit = (AuditLine("dealdesk", "reminded", approval.id),)
    return Turn(scene.conversation, says, approvals=(known,), audit=audit)


def _has_voted(scene: Scene, approval: Approval, copy: Copy) -> bool:
    holder = cards.holder(scene.facts.people, copy)
    return holder is not None and ballot.vote_of(approval, holder.id) is not None


def _overdue(scene: Scene, approval: Approval) -> Turn:
    """Ask the next level that somebody stands on; tell the owner, and arm the one after it."""
    rules = scene.library.of(approval.case.playbook)
    levels = len(ballot.levels(rules.playbook))
    level, more = _next(scene, approval, levels)
    known = replace(approval, level=level, reminded=True)
    turn = _also_asked(scene, known, more)
    lacking = level > approval.level and not more
    if lacking:
        turn = replace(turn, says=turn.says + _alarm(scene, approval))
    hours = rules.playbook.decision.deadline_hours or 0
    timers = (
        (timer(approval.id, "escalate", scene.facts.now, hours),) if more and level < levels else ()
    )
    audit = (AuditLine("dealdesk", "overdue", approval.id),)
    told = _told(scene, approval, more, hours * (1 + approval.level))
    return follow(replace(turn, timers=timers, audit=audit), told)


def _next(scene: Scene, approval: Approval, levels: int) -> tuple[int, list[Person]]:
    """The next level with somebody on it who has not voted, and who that is."""
    rules = scene.library.of(approval.case.playbook)
    named = ballot.levels(rules.playbook)
    people = list(ballot.entitled(rules.playbook, scene.facts.people, approval.owner))
    for level in range(approval.level, levels):
        meant = [one for one in people if named[level].means(one) and one.addresses]
        fitting = [one for one in meant if ballot.vote_of(approval, one.id) is None]
        if fitting:
            return level + 1, fitting
    return levels, []


def _also_asked(scene: Scene, approval: Approval, more: list[Person]) -> Turn:
    """A card for each of them, below what they have; the other cards say who was asked too."""
    new = tuple(Copy(one.addresses[0], one.language) for one in more)
    places = {copy.address.place for copy in new}
    others = tuple(one for one in approval.copies if one.address.place not in places)
    names = tuple(dict.fromkeys((*approval.also, *(one.id for one in more))))
    known = replace(approval, copies=others + new, also=names)
    edited = tuple(replace(card_for(scene, known, copy), edit=True) for copy in others)
    below = tuple(replace(card_for(scene, known, copy), above=True) for copy in new)
    return Turn(scene.conversation, edited + below, approvals=(known,))


def _told(scene: Scene, approval: Approval, more: list[Person], hours: float) -> Turn:
    names = ", ".join(one.name for one in more)
    key = "overdue" if names else "overdue_alone"
    text = scene.say(key, title=approval.case.title, hours=f"{hours:g}", names=names)
    case = approval.case
    back = withdrawal.button(scene, CaseRef(case.id, case.title, case.step, approval.id))
    return scene.notice(Notice(text, "warning", buttons=(back,)))


def _alarm(scene: Scene, approval: Approval) -> tuple[Say, ...]:
    return tuple(
        said
        for admin in scene.facts.people.administrators()
        for said in scene.inform(
            admin,
            Notice(say(admin.language, "no_deputy", title=approval.case.title), tone="warning"),
        )
    )
