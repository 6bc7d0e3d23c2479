"""Questions whose choices are looked up: the customer's contacts and opportunities, colleagues.

The CRM is asked when the question comes up, and its answer is shown below it as buttons; what is
typed picks one of them or names a new one. Where there is no opportunity nothing is asked.
"""

from collections.abc import Iterable
from dataclasses import replace

from dialogs.answers.hygiene import fold, visible
from dialogs.asking import company
from dialogs.crm import JsonValue
from dialogs.customer_lookups import (
    Choice,
    Choices,
    Colleagues,
    ContactList,
    Contacts,
    Openings,
)
from dialogs.events import Hit, LookedUp
from dialogs.flow import Dialogue
from dialogs.gleaning.people import bare
from dialogs.lookups import Answer, Asking, Lookup
from dialogs.people import Action, Person, may
from dialogs.playbook import Form, Question
from dialogs.scene import Scene
from dialogs.screens import CHOSEN, HITS_SHOWN
from dialogs.turns import Turn

PURPOSE = "choices"
OF_CUSTOMER = frozenset({"contact", "opportunity"})


def looks_up(question: Question | None) -> bool:
    """Whether its choices have to be found before it is shown."""
    return question is not None and question.kind.name in CHOSEN


def asked(scene: Scene, dialogue: Dialogue, question: Question) -> Turn | Dialogue:
    """Ask the CRM; or the dialogue with its choices, where they are at hand."""
    there = at_hand(scene, dialogue, question)
    if there is not None:
        return there
    customer = _customer(scene, dialogue)
    if customer is None:
        return dialogue
    lookup = Contacts(customer) if question.kind.name == "contact" else Openings(customer)
    return _asking(scene, dialogue, question, lookup)


def at_hand(scene: Scene, dialogue: Dialogue, question: Question) -> Dialogue | None:
    """The dialogue with the choices that are known without asking the CRM."""
    if question.kind.name == "person":
        return replace(dialogue, hits=_hits_of(_colleagues(scene, question)))
    known = dialogue.choices.get(question.id)
    return None if known is None else replace(dialogue, hits=known)


def forgotten(form: Form, dialogue: Dialogue) -> Dialogue:
    """Without what was chosen for a customer who is now another one."""
    chosen = {one.id for one in form.questions if one.kind.name in OF_CUSTOMER}
    answers = {name: value for name, value in dialogue.answers.items() if name not in chosen}
    return replace(dialogue, answers=answers, choices={})


def _asking(scene: Scene, dialogue: Dialogue, question: Question, lookup: Lookup) -> Turn:
    """Stand on the question, with no button of an earlier screen good any more, and wait."""
    others = (one for one in scene.conversation.dialogues if one.id != dialogue.id)
    talk = replace(
        scene.conversation,
        dialogues=(*others, dialogue),
        screen=scene.conversation.screen + 1,
    )
    subject = f"{dialogue.id}.{question.id}"
    return Turn(talk, asks=(Asking(lookup, PURPOSE, subject),))


def _customer(scene: Scene, dialogue: Dialogue) -> int | None:
    """The CRM's id of the company that the dialogue is about, where it is known there."""
    for question in scene.form(dialogue).questions:
        value = dialogue.answers.get(question.id) if question.crm == "customer" else None
        if isinstance(value, dict):
            number = value.get("id")
            return number if isinstance(number, int) else None
    return company(scene.facts.cases.get(dialogue.subject))


def _colleagues(scene: Scene, question: Question, words: str = "") -> list[Person]:
    """Who can be asked, by name: to come along, or for information."""
    asked: Action = "inform" if question.crm == "request.person" else "join"
    people = (
        one
        for one in scene.facts.people.persons.values()
        if one.id != scene.person.id and may(one, asked) and fold(words) in fold(one.name)
    )
    return sorted(people, key=lambda one: one.name.casefold())


def _hits_of(people: Iterable[Person]) -> tuple[Hit, ...]:
    return tuple(Hit(one.crm_user or 0, one.name, key=one.id) for one in people)


def heard(scene: Scene, event: LookedUp) -> tuple[Dialogue, Question] | None:
    """The dialogue with what was found, and its question, where it still waits for that."""
    name, _, question_id = event.subject.partition(".")
    named = [one for one in scene.conversation.dialogues if one.id == name]
    question = scene.rules(named[0]).flows[named[0].form].question(named[0]) if named else None
    if question is None or question.id != question_id:
        return None
    found = _choices(event.answer)
    listed = tuple(_hit(scene, question, one) for one in found)
    choices = {**named[0].choices, question.id: listed}
    return replace(named[0], hits=listed, choices=choices), question


def _choices(answer: Answer | None) -> tuple[Choice, ...]:
    if isinstance(answer, ContactList):
        return tuple(Choice(one.id, one.name, one.function or one.email) for one in answer.contacts)
    return answer.choices if isinstance(answer, Choices) else ()


def _hit(scene: Scene, question: Question, found: Choice) -> Hit:
    key = _known(scene, question, found)
    return Hit(found.id, visible(found.name), visible(found.detail), key)


def _known(scene: Scene, question: Question, found: Choice) -> str:
    """Our own id of it: the case that made it, or the colleague behind a user of the CRM."""
    if question.kind.name != "person":
        return found.key
    people = scene.facts.people.persons.values()
    return next((one.id for one in people if one.crm_user == found.id), "")


def typed(
    scene: Scene, dialogue: Dialogue, question: Question, name: str
) -> Hit | Turn | Dialogue | None:
    """What the words mean: a hit; something to wait for or to choose from; None: a new name."""
    fitting = _fitting(dialogue.hits, name)
    if fitting is not None:
        return fitting
    if question.kind.name != "person":
        return None
    people = _colleagues(scene, question, name)
    if people:
        hits = _hits_of(people)
        return hits[0] if len(hits) == 1 else replace(dialogue, hits=hits, query=name)
    waiting = replace(dialogue, hits=(), query=name)
    return _asking(scene, waiting, question, Colleagues(name, limit=HITS_SHOWN + 1))


def _fitting(hits: tuple[Hit, ...], name: str) -> Hit | None:
    picked = name.strip().rstrip(".")
    if picked.isdecimal() and 0 < int(picked) <= len(hits):
        return hits[int(picked) - 1]
    folded = fold(name)
    exact = [one for one in hits if fold(one.name) == folded]
    among = exact or [one for one in hits if folded in fold(one.name)]
    return among[0] if len(among) == 1 else None


def called(hits: Iterable[Hit], name: str) -> list[Hit]:
    """Those whom a name means as it is said in a sentence: `Mrs Green` is Anna Green too."""
    words = set(fold(bare(name)).split())
    return [one for one in hits if words and words <= set(fold(one.name).split())]


def value(question: Question, hit: Hit) -> JsonValue:
    """The answer that choosing it is."""
    if question.kind.name == "person":
        return {"id": hit.id or None, "name": hit.name, "person": hit.key}
    if question.kind.name == "opportunity":
        return {"id": hit.id, "name": hit.name, "case": hit.key}
    return {"id": hit.id, "name": hit.name}
