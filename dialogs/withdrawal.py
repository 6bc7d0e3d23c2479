"""The owner takes a question to management back, to correct the case and ask anew.

A verdict that was made first stands; a withdrawal that was made first leaves the press no effect.
"""

from dataclasses import replace

from dialogs import deadlines
from dialogs.cards import card_for
from dialogs.case import Case
from dialogs.library import Rulebook
from dialogs.listing import listed
from dialogs.people import may
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import Button, Notice
from dialogs.tokens import free
from dialogs.turns import Approval, CaseRef, Conversation, Ruling, Turn, Wants


def wanted(conversation: Conversation, rules: Rulebook, case: str = "") -> Wants:
    """The questions that this person could take back, with their cases."""
    asked = [one for one in open_questions(conversation, rules) if case in {"", one.id}]
    return Wants(tuple(one.id for one in asked), tuple(one.approval for one in asked))


def open_questions(conversation: Conversation, rules: Rulebook) -> list[CaseRef]:
    step = rules.playbook.decision.step
    return [one for one in conversation.cases if one.step == step and one.approval]


def button(scene: Scene, case: CaseRef) -> Button:
    text = scene.say("withdraw", title=case.title)
    return Button(text, free(scene.conversation.id, "withdraw", case.id))


def withdraw(scene: Scene, case: str = "") -> Turn:
    """Take back the one question there is, or that about this case; of several, ask which."""
    asked = open_questions(scene.conversation, scene.library.current)
    named = [one for one in asked if case in {"", one.id}]
    if not named:
        return scene.notice(Notice(scene.say("nothing_asked"), buttons=scene.menu()))
    if len(named) > 1:
        buttons = tuple(button(scene, one) for one in named)
        return scene.notice(Notice(scene.say("which_case"), buttons=buttons))
    return _withdrawn(scene, named[0])


def _withdrawn(scene: Scene, named: CaseRef) -> Turn:
    approval, case = scene.facts.approvals.get(named.approval), scene.facts.cases.get(named.id)
    open_one = approval is not None and approval.status == "open" and case is not None
    if not open_one or approval is None or case is None:
        return scene.notice(Notice(scene.say("too_late", title=named.title), tone="warning"))
    if not may(scene.person, "withdraw", owner=approval.owner):
        return scene.refused("withdraw")
    return _taken_back(scene, approval, case)


def _taken_back(scene: Scene, approval: Approval, case: Case) -> Turn:
    rules = scene.library.of(case.playbook)
    back = replace(case, step=_step_before(rules), approval="")
    closed = replace(approval, status="withdrawn", decided_by=scene.person.id)
    form = rules.playbook.form_by_id.get(rules.playbook.steps[back.step].form or "")
    buttons = (scene.starts(form, case.id),) if form else ()
    told = scene.notice(Notice(scene.say("withdrew", title=case.title), "good", buttons=buttons))
    return replace(
        told,
        conversation=listed(told.conversation, rules, back),
        says=told.says + tuple(card_for(scene, closed, copy) for copy in approval.copies),
        cases=(back,),
        ruling=Ruling(approval.id, "withdrawn", scene.person.id),
        cancelled=deadlines.ids(approval.id),
        audit=(AuditLine(scene.person.id, "withdrawn", approval.id),),
    )


def _step_before(rules: Rulebook) -> str:
    """The step whose form leads to the decision."""
    steps, decision = rules.playbook.steps.values(), rules.playbook.decision.step
    return next(step.id for step in steps if step.form and decision in step.then.values())
