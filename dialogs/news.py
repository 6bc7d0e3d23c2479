"""What becomes of an entry for the CRM, as its author hears of it.

Knows cases and deliveries by their keys; knows no CRM product.
"""

from collections.abc import Iterator
from dataclasses import replace
from typing import assert_never

from dialogs import errands, filing, keeper, leads, mailing, moves
from dialogs.case import Case
from dialogs.events import Delayed, Delivered, Refused
from dialogs.phrases import PHRASES
from dialogs.playbook import Form
from dialogs.scene import Scene, follow
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
    linked = replace(case, url=event.url, company=event.customer or case.company)
    stage = replace(scene, conversation=told)
    kind = event.key.split("-")[1]
    form = scene.library.of(case.playbook).playbook.form_by_id.get(kind)
    title = scene.say("heading", form=_named(scene, case, kind), about=case.title)
    text = scene.say("delivered", title=title)
    if form is not None and _ordered(form, case) and not event.order:
        text = f"{text} {scene.say('no_quotation_made')}"
    buttons = tuple(_ahead(scene, linked, kind))
    notice = Notice(text, "good", buttons=buttons, link=_link(scene, event))
    shown = replace(stage.notice(notice, f"entry:{event.key}"), cases=(linked,))
    shown = follow(shown, keeper.asked(replace(stage, conversation=told), linked, event.key))
    if form is None or not _mailed(form, linked):
        return shown
    return follow(shown, mailing.entered(replace(stage, conversation=told), event, linked))


def _ahead(scene: Scene, case: Case, kind: str) -> Iterator[Button]:
    """What comes next for whoever has the case, and what goes with the form just saved."""
    if case.owner != scene.person.id or case.closed:
        return
    forms = moves.going_on(scene, case)
    if not forms and _is_form(scene, case, kind):
        yield from moves.next_buttons(scene, case) or moves.stage_button(scene, case)
    yield from (scene.starts(one, case.id) for one in forms if one.id != kind)
    if forms:
        yield from (scene.starts(one, case.id) for one in moves.leading_on(scene, case))
    yield from (scene.starts(one, case.id) for one in _offered(scene, case, kind))


def _offered(scene: Scene, case: Case, kind: str) -> Iterator[Form]:
    """The forms about that one, where its answers are so that they make sense."""
    rules, record = scene.library.of(case.playbook), case.forms.get(kind, {})
    for form in rules.playbook.forms:
        offered = form.about == kind and all(each.holds(record) for each in form.offered_when)
        if offered and form.words and scene.may(form.action):
            yield form


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
    notice = Notice(scene.say("delivered", title=title), "good", link=_link(scene, event))
    return scene.notice(notice, f"entry:{event.key}")


def _kind(scene: Scene, kind: str) -> str:
    """What is entered without a form of its own."""
    if kind == filing.KIND:
        return scene.say("files")
    return scene.say(f"kind_{kind}") if f"kind_{kind}" in PHRASES["en"] else kind


def _link(scene: Scene, event: Delivered) -> Link | None:
    if event.order:
        return Link(scene.say("open_quotation"), event.order)
    return Link(scene.say("open_crm"), event.url) if event.url else None


def _mailed(form: Form, case: Case) -> bool:
    record = case.forms.get(form.id, {})
    return any(one.crm == "mail.to" and record.get(one.id) for one in form.questions)


def _ordered(form: Form, case: Case) -> bool:
    record = case.forms.get(form.id, {})
    return any(one.crm == "order.lines" and record.get(one.id) for one in form.questions)


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
