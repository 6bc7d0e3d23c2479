"""Presses on a card, and on what a card led to: each begins the form that it is about."""

from dialogs import decision, enquiries, joining, takeover, vouching
from dialogs.flow import Dialogue
from dialogs.playbook import Form, Opens
from dialogs.reception import begin_about, begin_asked, forged
from dialogs.scene import Scene
from dialogs.shows import Notice
from dialogs.turns import Approval, Turn


def decide(scene: Scene, approval_id: str, verdict: str, mark: str) -> Turn:
    """A decision card was pressed: the form begins, with the verdict given or with a question."""
    approval = scene.facts.approvals.get(approval_id)
    waits = vouching.waiting(scene.conversation, approval_id)
    if waits is not None:
        return vouching.pressed_again(scene, waits)
    asks = verdict == "ask"
    no = (
        enquiries.refusal(scene, approval, mark)
        if asks
        else decision.refusal(scene, approval, mark)
    )
    if no is not None or approval is None:
        turn = decision.turned_away(scene, approval, no or decision.No("gone", scene.say("gone")))
        return forged(scene, turn) if approval is None and scene.may("decide") else turn
    playbook = scene.library.of(approval.case.playbook).playbook
    form = playbook.form_that("enquiry") if asks else playbook.form_by_id[playbook.decision.form]
    if form is None:
        return forged(scene, scene.notice(Notice(scene.say("gone"), tone="warning")))
    return begin_about(scene, form, approval, {} if asks else {"verdict": verdict}, mark=mark)


def reply(scene: Scene, approval_id: str, number: str) -> Turn:
    """The owner answers what management asked back."""
    approval = scene.facts.approvals.get(approval_id)
    no = enquiries.no_answer(scene, approval, number)
    form = _form(scene, approval, "reply")
    if no or approval is None or form is None:
        return scene.notice(Notice(no or scene.say("gone"), tone="warning"))
    remark = enquiries.remark(scene, approval, number)
    return begin_about(scene, form, approval, {}, mark=number, remark=remark)


def take_over(scene: Scene, approval_id: str, word: str, mark: str) -> Turn:
    """The card of a hand-over was pressed: its form begins with that word given."""
    approval = scene.facts.approvals.get(approval_id)
    no = takeover.refusal(scene, approval, mark)
    form = _form(scene, approval, "handover")
    if no or approval is None or form is None:
        turn = takeover.turned_away(scene, approval, no or scene.say("gone"))
        return forged(scene, turn) if approval is None else turn
    return begin_about(scene, form, approval, {"verdict": word}, mark=mark)


def join(scene: Scene, invitation: str, answer: str) -> Turn:
    """An invitation was answered by a press: its form begins with that answer given."""
    event, rules = joining.waiting(scene, invitation), scene.library.current
    form = rules.playbook.form_that("invitation")
    if event is None or form is None:
        return scene.notice(Notice(scene.say("join_gone"), tone="warning"))
    blank = Dialogue(
        id=scene.facts.event_id,
        form=form.id,
        playbook=rules.playbook.edition,
        state="",
        subject=invitation,
        answers={"answer": "accepted" if answer == joining.COME else "declined"},
        about=event.title,
    )
    return begin_asked(scene, blank)


def _form(scene: Scene, approval: Approval | None, opens: Opens) -> Form | None:
    if approval is None:
        return None
    return scene.library.of(approval.case.playbook).playbook.form_that(opens)
