"""An open question about a case that changes hands: its cards, its votes, who may decide now.

Who has the case may not decide about it where the playbook asks for four eyes: their card is taken
from them, and a vote they gave before counts no more.
"""

from dataclasses import replace

from dialogs import ballot, cards, deadlines, decision
from dialogs.cards import card_for
from dialogs.case import Case
from dialogs.events import Decided
from dialogs.people import Person
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.turns import Approval, Ruling, Tell, Turn


def question(scene: Scene, case: Case, heir: Person) -> Turn:
    """The open question about the case is the new owner's, and its cards say so."""
    before = scene.facts.approvals.get(case.approval)
    if before is None or before.status != "open":
        return Turn(scene.conversation)
    mark = cards.mark(scene.library.of(case.playbook), case, before.enquiries, before.target)
    asked = replace(before, owner=heir.id, case=case, mark=mark)
    if asked.kind == "handover":
        return _shown(scene, asked, asked)
    turn = decision.reseated(scene, asked, heir)
    known = turn.approvals[-1]
    shown = _shown(scene, known, asked)
    return follow(replace(turn, approvals=()), follow(shown, _outcome(scene, known)))


def _shown(scene: Scene, known: Approval, before: Approval) -> Turn:
    """The cards that were there already, as they stand now."""
    stay = (copy for copy in known.copies if copy in before.copies)
    says = tuple(replace(card_for(scene, known, copy), edit=True) for copy in stay)
    return Turn(scene.conversation, says, approvals=(known,))


def _outcome(scene: Scene, approval: Approval) -> Turn:
    """The votes that still count may be enough now: nobody is left who could press."""
    playbook = scene.library.of(approval.case.playbook).playbook
    status = ballot.outcome(playbook, scene.facts.people, approval, approval.votes)
    if status == "open":
        return Turn(scene.conversation)
    by = ballot.counting(playbook, approval, approval.votes)[-1].by
    event = Decided(approval.id, approval.case.id, approved=status == "approved", by=by)
    return Turn(
        scene.conversation,
        ruling=Ruling(approval.id, status, by),
        tells=(Tell(f"appr:{approval.id}", approval.owner, event),),
        cancelled=deadlines.ids(approval.id),
        audit=(AuditLine(by, status, approval.id),),
    )
