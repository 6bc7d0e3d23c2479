"""What becomes of an entry for the CRM, as its author hears of it.

Knows cases and deliveries by their keys; knows no CRM product.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from dialogs import filing, mailing
from dialogs.case import Case
from dialogs.events import Delayed, Delivered, Refused
from dialogs.playbook import Form
from dialogs.reception import going_on
from dialogs.scene import Scene, follow
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
    form = scene.library.of(case.playbook).playbook.form_by_id.get(kind)
    named = form.title.of(scene.language) if form else _named(scene, kind)
    title = scene.say("heading", form=named, about=case.title)
    buttons = tuple(scene.starts(one, case.id) for one in _following(scene, linked, kind))
    text = scene.say("delivered", title=title)
    if form is not None and _ordered(form, case) and not event.order:
        text = f"{text} {scene.say('no_quotation_made')}"
    notice = Notice(text, "good", buttons=buttons, link=_link(scene, event))
    shown = replace(stage.notice(notice, f"entry:{event.key}"), cases=(linked,))
    if form is None or not any(one.crm == "mail.to" for one in form.questions):
        return shown
    return follow(shown, mailing.entered(replace(stage, conversation=told), event, linked))


def _link(scene: Scene, event: Delivered) -> Link | None:
    if event.order:
        return Link(scene.say("open_quotation"), event.order)
    return Link(scene.say("open_crm"), event.url) if event.url else None


def _ordered(form: Form, case: Case) -> bool:
    record = case.forms.get(form.id, {})
    return any(one.crm == "order.lines" and record.get(one.id) for one in form.questions)


def _following(scene: Scene, case: Case, kind: str) -> Iterator[Form]:
    """What can be done next: the forms of the step, and what goes with the one just saved."""
    record = case.forms.get(kind, {})
    yield from (one for one in going_on(scene, case.step) if one.id != kind)
    for form in scene.library.current.playbook.forms:
        offered = form.about == kind and all(each.holds(record) for each in form.offered_when)
        if offered and form.words and scene.may(form.action):
            yield form


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
