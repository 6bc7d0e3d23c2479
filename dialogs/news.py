"""What becomes of an entry for the CRM, as its author hears of it.

Knows cases and deliveries by their keys; knows no CRM product.
"""

from dataclasses import replace
from typing import assert_never

from dialogs.events import Delayed, Delivered, Refused
from dialogs.reception import going_on
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
    linked = replace(case, url=event.url, company=event.customer or case.company)
    stage = replace(scene, conversation=told)
    kind = event.key.split("-")[1]
    link = Link(scene.say("open_crm"), event.url) if event.url else None
    form = scene.library.of(case.playbook).playbook.form_by_id.get(kind)
    named = form.title.of(scene.language) if form else kind
    title = scene.say("heading", form=named, about=case.title)
    following = [one for one in going_on(scene, linked.step) if one.id != kind]
    buttons = tuple(scene.starts(one, case.id) for one in following)
    notice = Notice(scene.say("delivered", title=title), "good", buttons=buttons, link=link)
    return replace(stage.notice(notice, f"entry:{event.key}"), cases=(linked,))


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
