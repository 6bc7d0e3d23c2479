"""What becomes of an entry for the CRM, as its author hears of it.

Knows cases and deliveries by their keys; knows no CRM product.
"""

from dataclasses import replace
from typing import assert_never

from dialogs import filing
from dialogs.events import Delayed, Delivered, Refused
from dialogs.people import may
from dialogs.playbook import Form
from dialogs.scene import Scene
from dialogs.shows import Link, Notice
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
    case = scene.facts.cases.get(event.case)
    told = replace(scene.conversation, told_delay=False)
    if case is None:
        return Turn(told)
    linked = replace(case, url=event.url)
    stage = replace(scene, conversation=told)
    kind = event.key.split("-")[1]
    link = Link(scene.say("open_crm"), event.url) if event.url else None
    form = scene.library.of(case.playbook).playbook.form_by_id.get(kind)
    named = form.title.of(scene.language) if form else _named(scene, kind)
    title = scene.say("heading", form=named, about=case.title)
    next_up = _next_form(scene, linked.step)
    buttons = (scene.starts(next_up, case.id),) if next_up and next_up.id != kind else ()
    notice = Notice(scene.say("delivered", title=title), "good", buttons=buttons, link=link)
    return replace(stage.notice(notice, f"entry:{event.key}"), cases=(linked,))


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


def _named(scene: Scene, kind: str) -> str:
    """An entry that no form led to."""
    return scene.say("files") if kind == filing.KIND else kind
