"""A message that answers several questions at once: which form it is about, and what it fills.

What is understood stands in the dialogue with the words it came from; the customer is only a name
here, to be looked up in the CRM. Knows no chat; how a message is read is `gleaning`'s subject.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.answers import Moment, Understood
from dialogs.crm import JsonValue
from dialogs.flow import Dialogue, Flow
from dialogs.gleaning import Gleaned
from dialogs.library import Rulebook
from dialogs.playbook import Form, Question
from dialogs.scene import Scene

LEAST_WORDS = 4
"""A shorter message is a word of the desk, an answer or a remark."""
MOST = 2_000
"""Characters: what is longer is no note, and fits no answer."""
LEAST_ANSWERS = 2
"""A message that names no customer tells of a meeting when it answers so many questions."""
OWN_WORDS = frozenset({"text", "long_text"})
"""Kinds for which any words are an answer."""
CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Message:
    """A message with the form that it begins."""

    form: Form
    text: str


def begun_by(scene: Scene, text: str) -> Message | None:
    """The form that begins a case and that this message answers best, if it tells of one."""
    rules = scene.library.current
    first, _, rest = text.strip().partition(" ")
    named = rules.form_meant(first)
    told = rest.strip() if named else text
    asked = (named,) if named else rules.playbook.forms
    best = max((_told(scene, form, told) for form in asked if form.opens == "case"), default=None)
    return Message(rules.playbook.form_by_id[best[1]], told) if best and best[0] else None


def _told(scene: Scene, form: Form, text: str) -> tuple[int, str]:
    rules = scene.library.current
    found = _said(form, heard(rules, form, text, scene.moment(rules)))
    return (len(found) if _tells(form, found) else 0), form.id


def heard(rules: Rulebook, form: Form, text: str, moment: Moment) -> tuple[Gleaned, ...]:
    """What the message answers of the form; nothing where it is short or asks something."""
    if len(text) > MOST or len(text.split()) < LEAST_WORDS or text.rstrip().endswith("?"):
        return ()
    return rules.gleaner(form).glean(text, moment)


def _said(form: Form, found: Iterable[Gleaned]) -> list[Gleaned]:
    """Without what is only implied, and without the message as a whole."""
    whole = {one.id for one in form.questions if one.listening == "all"}
    return [one for one in found if not one.implied and one.question not in whole]


def _tells(form: Form, found: Sequence[Gleaned]) -> bool:
    asked = (form.question(one.question) for one in found)
    names = any(question and question.kind.name == CUSTOMER for question in asked)
    return names or len(found) >= LEAST_ANSWERS


def opening(scene: Scene, dialogue: Dialogue, text: str) -> Dialogue | None:
    """The new dialogue with all that the message says; None where it tells of nothing.

    Optional questions that it does not answer are passed over: the review shows them.
    """
    rules, flow = scene.rules(dialogue), _flow(scene, dialogue)
    moment = scene.moment(rules)
    found = heard(rules, flow.form, text, moment)
    if not _tells(flow.form, _said(flow.form, found)):
        return None
    answers = {one.question: one for one in found} | _whole(flow.form, text, moment)
    filled = _filled(scene, flow, dialogue, answers)
    return _aside(rules, flow.begin(_passing(flow, filled)), text, moment)


def answering(scene: Scene, dialogue: Dialogue, question: Question, text: str) -> Dialogue | None:
    """The dialogue with all that an answer says beyond the question it was typed at.

    None where the words are an answer to that question and to no other.
    """
    flow, moment = _flow(scene, dialogue), scene.moment(scene.rules(dialogue))
    plain = question.kind.parse(text, moment)
    if isinstance(plain, Understood) and question.kind.name not in {*OWN_WORDS, CUSTOMER}:
        return None
    found = heard(scene.rules(dialogue), flow.form, text, moment)
    fresh = {one.question: one for one in found if _open(dialogue, one.question)}
    fresh |= {
        one.question: one for one in _ticked_too(dialogue, found) if one.question not in fresh
    }
    said = _said(flow.form, fresh.values())
    if len(said) < LEAST_ANSWERS or not any(one.question != question.id for one in said):
        return None
    whole = {name: one for name, one in _whole(flow.form, text, moment).items() if name in fresh}
    if question.id not in fresh and question.kind.name in OWN_WORDS:
        fresh[question.id] = Gleaned(question.id, getattr(plain, "value", None), "")
    filled = _filled(scene, flow, dialogue, fresh | whole)
    return flow.begin(_passing(flow, filled) if whole else filled)


def _open(dialogue: Dialogue, question: str) -> bool:
    return question not in dialogue.answers or question == dialogue.state


def _ticked_too(dialogue: Dialogue, found: Iterable[Gleaned]) -> Iterator[Gleaned]:
    """Options heard for a question that has some already: they are added, none is taken away."""
    for one in found:
        known = dialogue.answers.get(one.question)
        if isinstance(known, list) and isinstance(one.value, list):
            added = [option for option in one.value if option not in known]
            if added:
                yield replace(one, value=[*known, *added])


def _flow(scene: Scene, dialogue: Dialogue) -> Flow:
    return scene.rules(dialogue).flows[dialogue.form]


def _whole(form: Form, text: str, moment: Moment) -> dict[str, Gleaned]:
    """The message itself, for the question that listens for all of it."""
    for question in form.questions:
        understood = question.kind.parse(text, moment) if question.listening == "all" else None
        if isinstance(understood, Understood):
            return {question.id: Gleaned(question.id, understood.value, "")}
    return {}


def _filled(scene: Scene, flow: Flow, dialogue: Dialogue, found: Mapping[str, Gleaned]) -> Dialogue:
    """Put in what was found; a customer's name waits for the CRM, and what fits nothing goes."""
    named = [one.id for one in flow.form.questions if one.kind.name == CUSTOMER and one.id in found]
    values = {name: one.value for name, one in found.items() if name not in named}
    answers = {**dialogue.answers, **values}
    query = str(found[named[0]].value) if named else ""
    count = len(_said(flow.form, found.values()))
    kept = replace(
        dialogue,
        answers=answers,
        heard={**dialogue.heard, **{name: one.words for name, one in found.items() if one.words}},
        looked_up=query,
        echo=scene.say("told", count=count),
        ticked=(),
        query="",
        hits=(),
    )
    return _without_gone(flow, kept)


def _without_gone(flow: Flow, dialogue: Dialogue) -> Dialogue:
    """Nothing is kept of questions that these answers leave unasked, but the message itself."""
    asked = {one.id for one in flow.asked(dialogue)}
    whole = {one.id for one in flow.form.questions if one.listening == "all"}
    kept = {name: value for name, value in dialogue.answers.items() if name in asked | whole}
    return replace(dialogue, answers=kept)


def _passing(flow: Flow, dialogue: Dialogue) -> Dialogue:
    passed: dict[str, JsonValue] = {one.id: None for one in flow.form.questions if one.optional}
    return replace(dialogue, answers={**passed, **dialogue.answers})


def _aside(rules: Rulebook, dialogue: Dialogue, text: str, moment: Moment) -> Dialogue:
    """What the message says of the forms that will be filled in about the same case."""
    later = (one for one in rules.playbook.forms if one.opens == "open_case")
    found = {one.id: _said(one, heard(rules, one, text, moment)) for one in later}
    kept = {name: {one.question: one.value for one in said} for name, said in found.items() if said}
    words = {one.question: one.words for said in found.values() for one in said}
    return replace(dialogue, aside=kept, heard={**words, **dialogue.heard})
