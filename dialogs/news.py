"""What becomes of an entry for the CRM, as its author hears of it.

Knows cases and deliveries by their keys; knows no CRM product.
"""

from dataclasses import replace
from typing import assert_never

from dialogs import errands, leads, moves
from dialogs.case import Case
from dialogs.events import Delayed, Delivered, Refused
from dialogs.people import may
from dialogs.phrases import PHRASES
from dialogs.playbook import Form
from dialogs.scene import Scene
from dialogs.shows import Button, Link, Notice
from dialogs.turns import Turn


def of_delivery(scene: Scene, event: Delivered | Delayed | Refused) -> Turn:
    match event:
        case Delivered():
            return delivered(scene, event)
        case Delayed():
            return delayed(scene, event)
        case Refused():
            return refused(scene, event)
        case _:
            assert_never(event)


def delivered(scene: Scene, event: Delivered) -> Turn:
    """The entry stands in the CRM: say so, with the link and the next step."""
    if event.errand is not None:
        return errands.delivered(scene, event, event.errand)
    case = scene.facts.cases.get(event.case)
    told = replace(scene.conversation, told_delay=False)
    if case is None:
        return _noted(replace(scene, conversation=told), event)
    if event.overtaken is not None:
        return leads.overtaken(replace(scene, conversation=told), event, case)
    linked = replace(case, url=event.url)
    stage = replace(scene, conversation=told)
    kind = event.key.split("-")[1]
    link = Link(scene.say("open_crm"), event.url) if event.url else None
    title = scene.say("heading", form=_named(scene, case, kind), about=case.title)
    buttons = _ahead(scene, linked, kind)
    notice = Notice(scene.say("delivered", title=title), "good", buttons=buttons, link=link)
    return replace(stage.notice(notice, f"entry:{event.key}"), cases=(linked,))


def _ahead(scene: Scene, case: Case, kind: str) -> tuple[Button, ...]:
    """What comes next for whoever has the case."""
    if case.owner != scene.person.id or case.closed:
        return ()
    following = _next_form(scene, case.step)
    if following is not None:
        return (scene.starts(following, case.id),) if following.id != kind else ()
    return moves.next_buttons(scene, case) if _is_form(scene, case, kind) else ()


def _is_form(scene: Scene, case: Case, kind: str) -> bool:
    return kind in scene.library.of(case.playbook).playbook.form_by_id


def _named(scene: Scene, case: Case, kind: str) -> str:
    """What an entry is called: its form, or the move that it is about."""
    form = scene.library.of(case.playbook).playbook.form_by_id.get(kind)
    return form.title.of(scene.language) if form else _kind(scene, kind)


def _noted(scene: Scene, event: Delivered) -> Turn:
    """It went to an opportunity of somebody else's, which is no case of this person's."""
    if event.case != leads.case_id(event.opportunity):
        return Turn(scene.conversation)
    kind = event.key.split("-")[1]
    form = scene.library.current.playbook.form_by_id.get(kind)
    title = form.title.of(scene.language) if form else _kind(scene, kind)
    link = Link(scene.say("open_crm"), event.url) if event.url else None
    notice = Notice(scene.say("delivered", title=title), "good", link=link)
    return scene.notice(notice, f"entry:{event.key}")


def _kind(scene: Scene, kind: str) -> str:
    """What is entered without a form of its own."""
    return scene.say(f"kind_{kind}") if f"kind_{kind}" in PHRASES["en"] else kind


def _next_form(scene: Scene, step_id: str) -> Form | None:
    playbook = scene.library.current.playbook
    step = playbook.steps.get(step_id)
    form = playbook.form_by_id.get(step.form or "") if step else None
    return form if form and form.words and may(scene.person, form.action) else None


def delayed(scene: Scene, event: Delayed) -> Turn:
    """The CRM is away: said once, until it is back."""
    if scene.conversation.told_delay:
        return Turn(scene.conversation)
    stage = replace(scene, conversation=replace(scene.conversation, told_delay=True))
    case = scene.facts.cases.get(event.case)
    title = scene.say("quoted", text=case.title) if case else ""
    return stage.notice(Notice(scene.say("delayed", title=title), tone="warning"))


def refused(scene: Scene, event: Refused) -> Turn:
    """The CRM said no: the person is told; `dealdesk deliveries` shows it to the administrator."""
    case = scene.facts.cases.get(event.case)
    title = scene.say("quoted", text=case.title) if case else ""
    text = scene.say("refused", title=title, reason=event.reason)
    return scene.notice(Notice(text, tone="warning"))
