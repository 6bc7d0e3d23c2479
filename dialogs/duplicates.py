"""Opportunities that may be the same as the one being recorded: shown first, to choose from.

Knows the answers of a form by their targets; knows no CRM product.
"""

from dataclasses import replace

from dialogs import keeper, tokens
from dialogs.crm import Claim, Delivery, JsonValue, Note
from dialogs.entries import note_rows, staff
from dialogs.events import Hit
from dialogs.flow import Dialogue
from dialogs.lead_lookups import Duplicate, DuplicateList, Duplicates
from dialogs.leads import case_id, standing
from dialogs.listing import listed
from dialogs.lookups import Asking
from dialogs.playbook import Form
from dialogs.records import customer_of
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import Button, Notice, Row
from dialogs.turns import Turn

Record = dict[str, JsonValue]
PURPOSE = "duplicates"


def asked(scene: Scene, dialogue: Dialogue, record: Record) -> Turn:
    """Ask the CRM what is like it; the dialogue waits in its review."""
    form = scene.form(dialogue)
    customer = customer_of(form, record)
    lookup = Duplicates(
        email=_answer(form, record, "email_from"),
        phone=_answer(form, record, "phone"),
        contact=_answer(form, record, "contact_name"),
        company=customer.name if customer else "",
        title=_answer(form, record, "title"),
    )
    return Turn(scene.conversation, asks=(Asking(lookup, PURPOSE, dialogue.id),))


def _answer(form: Form, record: Record, target: str) -> str:
    named = (record.get(one.id) for one in form.questions if one.crm == target)
    return next((str(value) for value in named if value is not None), "")


def shown(scene: Scene, dialogue: Dialogue, found: DuplicateList) -> Turn:
    """List them, each with the button that uses it; the last button makes a new one."""
    hits = tuple(Hit(one.id, one.title, one.owner) for one in found.duplicates)
    others = tuple(one for one in scene.conversation.dialogues if one.id != dialogue.id)
    kept = replace(scene.conversation, dialogues=(*others, replace(dialogue, hits=hits)))
    stage = replace(scene, conversation=kept)
    rows = tuple(_row(scene, number, one) for number, one in enumerate(found.duplicates, start=1))
    buttons = [_button(scene, "dup", index, one.name) for index, one in enumerate(hits)]
    buttons.append(_button(scene, "anew", 0, ""))
    text = scene.say("duplicates", count=len(rows))
    return stage.notice(Notice(text, "warning", rows=rows, buttons=tuple(buttons)))


def _button(scene: Scene, code: str, index: int, title: str) -> Button:
    token = tokens.screen(scene.conversation.id, scene.conversation.screen, code, index)
    text = scene.say(f"duplicate_{code}", number=index + 1, title=title[:40])
    return Button(text, token, "primary" if code == "anew" else "plain")


def _row(scene: Scene, number: int, one: Duplicate) -> Row:
    like = ", ".join(scene.say(f"like_{way}") for way in one.like)
    facts = (one.contact, one.customer, one.owner or scene.say("nobodys"))
    closed = scene.say("duplicate_closed") if not one.open else ""
    about = " · ".join(filter(None, (one.title, *facts, closed)))
    return Row(f"{number}. {like}", about)


def used(scene: Scene, dialogue: Dialogue, hit: Hit, record: Record) -> Turn:
    """Put what was recorded to the opportunity that is there; its owner stays, and is told."""
    rules, form = scene.rules(dialogue), scene.form(dialogue)
    known = scene.facts.cases.get(case_id(hit.id))
    free = hit.detail in {"", scene.person.name} and (known is None or known.owner in _mine(scene))
    customer = customer_of(form, record)
    case = known or standing(scene, rules, hit.id, hit.name, customer)
    me = staff(scene.person)
    rows = tuple(note_rows(rules.playbook, form, record))
    delivery = Delivery(
        key=f"{case.id}-{form.id}-{scene.facts.event_id}",
        case=case.id,
        kind=form.id,
        author=me,
        owner=me,
        title=hit.name,
        customer=None,
        note=Note(form.title.of(rules.playbook.language), rows),
        after=case.deliveries if free else (),
        lead=hit.id,
        claim=Claim() if free and not hit.detail else None,
    )
    whose = known.owner if known else keeper.called(scene.facts.people, hit.detail)
    owner = None if free else keeper.reached(scene, whose)
    hears = f" {scene.say('keeper_hears', name=owner.name)}" if owner else ""
    said = scene.say("duplicate_used", title=hit.name) + hears
    told = scene.closing(Notice(said, tone="good"))
    audit = (AuditLine(scene.person.id, f"finish:{form.id}", case.id),)
    turn = replace(told, deliveries=(delivery,), audit=audit)
    if not free:
        one = keeper.noted(scene, case, form.id, delivery.key)
        return replace(turn, tells=keeper.told(owner, one)) if owner else turn
    forms = {**case.forms, form.id: record}
    keys = (*case.deliveries, delivery.key)
    mine = replace(case, owner=scene.person.id, forms=forms, deliveries=keys, closed=False)
    return replace(turn, conversation=listed(turn.conversation, rules, mine), cases=(mine,))


def _mine(scene: Scene) -> frozenset[str]:
    return frozenset({"", scene.person.id})
