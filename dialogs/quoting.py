"""The quotations of a case: their links, or the way to make one (process: quotation)."""

from decimal import Decimal

from dialogs import reception, tokens
from dialogs.answers import echo
from dialogs.case import Case
from dialogs.events import LookedUp
from dialogs.order_lookups import Quotation, QuotationList
from dialogs.playbook import Form
from dialogs.scene import Scene
from dialogs.shows import Button, Link, Notice, Row
from dialogs.turns import Turn


def answered(scene: Scene, event: LookedUp) -> Turn:
    """Show the quotations there are; where there is none, begin one."""
    case = scene.facts.cases.get(event.subject)
    form = _form(scene, case)
    if case is None or form is None:
        return Turn(scene.conversation)
    anew = (_anew(scene, form, case),)
    if not isinstance(event.answer, QuotationList):
        return scene.notice(Notice(scene.say("quotations_unknown"), "warning", buttons=anew))
    if not event.answer.possible:
        return scene.notice(Notice(scene.say("quotations_impossible"), "warning", buttons=anew))
    if not event.answer.quotations:
        return reception.begin(scene, form, case.id, lambda dialogue: dialogue)
    return scene.notice(_listed(scene, case, event.answer.quotations, anew))


def _form(scene: Scene, case: Case | None) -> Form | None:
    playbook = scene.library.of(case.playbook).playbook if case else None
    forms = playbook.forms if playbook else ()
    return next((one for one in forms if one.asks_first == "quotations"), None)


def _anew(scene: Scene, form: Form, case: Case) -> Button:
    token = tokens.free(scene.conversation.id, "anew", form.id, case.id)
    return Button(scene.say("quotation_anew"), token)


def _listed(
    scene: Scene, case: Case, found: tuple[Quotation, ...], anew: tuple[Button, ...]
) -> Notice:
    newest = found[0]
    link = Link(scene.say("open_quotation"), newest.url) if newest.url else None
    rows = tuple(_row(scene, one) for one in found)
    text = scene.say("quotations", title=case.title)
    return Notice(text, rows=rows, buttons=anew, link=link)


def _row(scene: Scene, one: Quotation) -> Row:
    currency = scene.library.current.playbook.currency
    total = echo.money(Decimal(one.total), scene.language, currency)
    state = scene.say(f"quotation_{one.state}")
    return Row(one.number, scene.say("quotation_row", total=total, state=state))
