"""Presses on a card, and on what a card led to: each begins the form that it is about."""

from dialogs import decision, enquiries, joining, requests, takeover, vouching
from dialogs.crm import JsonValue
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
    event = joining.waiting(scene, invitation)
    form = scene.library.current.playbook.form_that("invitation")
    if event is None or form is None:
        return scene.notice(Notice(scene.say("join_gone"), tone="warning"))
    answers: dict[str, JsonValue] = {"answer": "accepted" if answer == joining.COME else "declined"}
    return begin_asked(scene, _blank(scene, form, invitation, event.title, answers=answers))


def inform(scene: Scene, request: str, *, given: bool) -> Turn:
    """A colleague's request for information is answered, or can't be."""
    event = requests.asked_of_me(scene, request)
    form = scene.library.current.playbook.form_that("request")
    if event is None or form is None:
        return scene.notice(Notice(scene.say("info_gone"), tone="warning"))
    answers: dict[str, JsonValue] = {"verdict": "given" if given else "declined"}
    return begin_asked(scene, _blank(scene, form, request, event.title, answers=answers))


def heard(scene: Scene, request: str) -> Turn:
    """The answer has come to a request of one's own that went to somebody without a chat."""
    mine = requests.asked_by_me(scene, request)
    form = scene.library.current.playbook.form_that("requested")
    if mine is None or form is None:
        return scene.notice(Notice(scene.say("info_gone"), tone="warning"))
    blank = _blank(scene, form, request, mine.title, mark=mine.case)
    return begin_asked(scene, blank, requests.remark(scene, mine))


def _blank(
    scene: Scene,
    form: Form,
    subject: str,
    title: str,
    *,
    answers: dict[str, JsonValue] | None = None,
    mark: str = "",
) -> Dialogue:
    return Dialogue(
        id=scene.facts.event_id,
        form=form.id,
        playbook=scene.library.current.playbook.edition,
        state="",
        subject=subject,
        answers=answers or {},
        about=title,
        mark=mark,
    )


def _form(scene: Scene, approval: Approval | None, opens: Opens) -> Form | None:
    if approval is None:
        return None
    return scene.library.of(approval.case.playbook).playbook.form_that(opens)
