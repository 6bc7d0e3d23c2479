"""The list of what a customer asks for, while it is being told: one line or several a message.

Each line is looked up among the CRM's products; a product without a said price has its list price.
"""

from collections.abc import Sequence
from dataclasses import replace

from dialogs.answers import Refusal
from dialogs.answers import say as say_refusal
from dialogs.answers.demand import Demand, tables
from dialogs.crm import JsonTable, JsonValue
from dialogs.events import LookedUp
from dialogs.flow import Dialogue
from dialogs.lookups import Asking
from dialogs.order_lookups import Product, ProductList, Products
from dialogs.playbook import Question
from dialogs.scene import Scene
from dialogs.screens import LINES
from dialogs.turns import Turn

PURPOSE = "products"


def added(scene: Scene, dialogue: Dialogue, question: Question, value: JsonValue) -> Turn:
    """Keep the new lines below the others and ask the CRM which products they are."""
    new = tables(value)
    lines = [*tables(dialogue.answers.get(question.id)), *new]
    kind = question.kind
    fits = kind.checked(lines) if isinstance(kind, Demand) else None
    if isinstance(fits, Refusal):
        return scene.live(dialogue, refusal=say_refusal(fits, scene.language))
    kept = _with(scene, dialogue, question, lines)
    names = tuple(dict.fromkeys(str(one["name"]) for one in new))
    asked = Asking(Products(names), PURPOSE, dialogue.subject)
    return Turn(kept.conversation, asks=(asked,))


def struck(scene: Scene, dialogue: Dialogue, question: Question, index: int) -> Turn:
    """Take a line out of the list.

    Raises:
        IndexError: there is no such line.
    """
    lines = tables(dialogue.answers.get(question.id))
    del lines[index]
    return _shown(_with(scene, dialogue, question, lines))


def matched(scene: Scene, event: LookedUp) -> Turn:
    """The CRM's answer: show the list, with what the CRM calls it."""
    active = scene.conversation.active
    if active is None or active.subject != event.subject:
        return Turn(scene.conversation)
    question = scene.question(active)
    if question is None or question.kind.name != LINES:
        return Turn(scene.conversation)
    found = event.answer.products if isinstance(event.answer, ProductList) else ()
    lines = [_named(one, found) for one in tables(active.answers.get(question.id))]
    return _shown(_with(scene, active, question, lines))


def _named(line: JsonTable, found: Sequence[Product]) -> JsonTable:
    """The line as that product, where it is one; what was said of the price counts."""
    product = next((one for one in found if one.asked == line["name"]), None)
    if product is None or line.get("product") is not None:
        return line
    listed = product.price if float(product.price) > 0 else None
    price = line["price"] if line["price"] is not None else listed
    return {**line, "product": product.id, "name": product.name, "price": price}


def _with(
    scene: Scene, dialogue: Dialogue, question: Question, lines: Sequence[JsonTable]
) -> Scene:
    """The scene with that list in the dialogue; an empty one is no answer."""
    answers = {name: value for name, value in dialogue.answers.items() if name != question.id}
    kept = replace(
        dialogue, echo="", answers=answers | ({question.id: list(lines)} if lines else {})
    )
    others = tuple(one for one in scene.conversation.dialogues if one.id != dialogue.id)
    return replace(scene, conversation=replace(scene.conversation, dialogues=(*others, kept)))


def _shown(scene: Scene) -> Turn:
    active = scene.conversation.active
    assert active is not None
    return scene.live(active)
