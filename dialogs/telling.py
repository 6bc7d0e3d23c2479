"""A message that answers several questions at once: which form it is about, and what it fills.

What is understood stands in the dialogue with the words it came from; the customer is only a name
here, to be looked up in the CRM. Knows no chat; how a message is read is `gleaning`'s subject.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dialogs.answers import Moment, Understood
from dialogs.answers.hygiene import fold
from dialogs.crm import JsonValue
from dialogs.flow import Dialogue, Flow
from dialogs.gleaning import Gleaned
from dialogs.library import Rulebook
from dialogs.playbook import Form, Question
from dialogs.scene import Scene
from dialogs.turns import CaseRef

LEAST_WORDS = 4
"""A shorter message is a word of the desk, an answer or a remark."""
MOST = 2_000
"""Characters: what is longer is no note, and fits no answer."""
LEAST_ANSWERS = 2
"""A message that names no customer tells of a meeting when it answers so many questions."""
OWN_WORDS = frozenset({"text", "long_text"})
"""Kinds for which any words are an answer."""
CUSTOMER, CONTACT, OPPORTUNITY = "customer", "contact", "opportunity"
FREE = frozenset({*OWN_WORDS, CUSTOMER, CONTACT, OPPORTUNITY})
"""Kinds that take any words, so that words which answer others too are no answer to them alone."""
SHORTEST_TITLE = 3
"""Characters of a case's title that can stand for it in a message."""


@dataclass(frozen=True, slots=True)
class Message:
    """A message with the form that it begins."""

    form: Form
    text: str
    case: str = ""
    """Id of the case that it is about; empty for a new one."""


def begun_by(scene: Scene, text: str) -> Message | None:
    """The form that this message answers best, if it tells of one; of two the first one.

    A form's word at the beginning decides, but where it was only the first word of a sentence:
    `Termin bei Airbus gestern um 14 Uhr` tells when it was, and so is no appointment to be made.
    """
    rules = scene.library.current
    named, rest = _worded(rules, text)
    worded = _weighed(scene, named, rest, worded=True) if named else None
    others = (_weighed(scene, form, text) for form in rules.playbook.forms if form is not named)
    found = [one for one in others if one is not None and one.count]
    best = max(found, key=lambda one: one.count, default=None)
    if worded is None or named is None:
        return best.message if best and named is None else None
    overruled = best is not None and best.count > worded.count and not worded.when
    if best is not None and overruled:
        return best.message
    return worded.message if worded.count else None


@dataclass(frozen=True, slots=True)
class _Weighed:
    """How well a form fits a message."""

    message: Message
    count: int
    """Of its questions that are answered."""
    when: bool
    """Whether it was told when."""


def _weighed(scene: Scene, form: Form, text: str, *, worded: bool = False) -> _Weighed | None:
    """None where the form can't be begun by a message."""
    rules = scene.library.current
    cases = _subject(rules, scene.conversation.cases, form, text, worded=worded)
    if not cases:
        return None
    found = _said(form, heard(rules, form, text, scene.moment(rules)))
    kinds = {one.id: one.kind.name for one in form.questions}
    when = any(kinds[one.question] == "moment" for one in found)
    return _Weighed(Message(form, text, cases[0]), len(found) if _tells(form, found) else 0, when)


def _worded(rules: Rulebook, text: str) -> tuple[Form | None, str]:
    """The form whose word the message begins with, and the rest."""
    first, _, rest = text.strip().partition(" ")
    named = rules.form_meant(first)
    return named, rest.strip() if named else text


def _subject(
    rules: Rulebook, cases: Sequence[CaseRef], form: Form, text: str, *, worded: bool
) -> tuple[str, ...]:
    """The case that the message is about, if it can be begun with that form at all.

    With the form's word, the only case that fits is meant without being named.
    """
    fitting = [one for one in cases if rules.lifecycle.fits(form, one.step)]
    meant = [one.id for one in named_in(fitting, text)]
    if form.opens == "case":
        return (meant[0] if len(meant) == 1 else "",)
    if form.opens != "open_case":
        return ()
    only = [one.id for one in fitting] if worded and len(fitting) == 1 else []
    return tuple(meant if len(meant) == 1 else only)


def named_in(cases: Iterable[CaseRef], text: str) -> list[CaseRef]:
    """The cases whose title stands in the message."""
    said = fold(text)
    return [one for one in cases if len(one.title) >= SHORTEST_TITLE and fold(one.title) in said]


def about(rules: Rulebook, cases: Sequence[CaseRef], form: Form, text: str) -> str:
    """Id of the one case that a message behind the form's word is about; empty for none."""
    if form.opens != "case" or len(text.split()) < LEAST_WORDS:
        return ""
    return "".join(_subject(rules, cases, form, text, worded=True))


def meant(rules: Rulebook, cases: Sequence[CaseRef], text: str) -> tuple[str, ...]:
    """All the cases that a message could be about."""
    if len(text) > MOST or len(text.split()) < LEAST_WORDS:
        return ()
    named = _worded(rules, text)[0]
    worded = _subject(rules, cases, named, text, worded=True) if named else ()
    return (*(one.id for one in named_in(cases, text)), *filter(None, worded))


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
    rules, flow = scene.rules(dialogue), scene.flow(dialogue)
    moment = scene.moment(rules)
    found = heard(rules, flow.form, text, moment)
    if not _tells(flow.form, _said(flow.form, found)):
        return None
    known = {one.id for one in flow.form.questions if one.kind.name == CUSTOMER or dialogue.meeting}
    fresh = (one for one in found if one.question not in known & dialogue.answers.keys())
    answers = {one.question: one for one in fresh} | _whole(flow.form, text, moment)
    filled = _about(scene, flow, _filled(scene, flow, dialogue, answers), text)
    return _aside(rules, flow.begin(_passing(flow, filled)), text, moment)


def _about(scene: Scene, flow: Flow, dialogue: Dialogue, text: str) -> Dialogue:
    """The one case that the message names stands for the opportunity that is asked for."""
    cases = named_in(scene.conversation.cases, text)
    asked = [one.id for one in flow.form.questions if one.kind.name == OPPORTUNITY]
    if len(cases) != 1 or not asked:
        return dialogue
    return replace(dialogue, named={**dialogue.named, asked[0]: cases[0].title})


def answering(scene: Scene, dialogue: Dialogue, question: Question, text: str) -> Dialogue | None:
    """The dialogue with all that an answer says beyond the question it was typed at.

    None where the words are an answer to that question and to no other.
    """
    flow, moment = scene.flow(dialogue), scene.moment(scene.rules(dialogue))
    plain = question.kind.parse(text, moment)
    if isinstance(plain, Understood) and question.kind.name not in FREE:
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
    if question.id not in fresh and question.kind.name in OWN_WORDS and not whole:
        fresh[question.id] = Gleaned(question.id, getattr(plain, "value", None), "")
    filled = _filled(scene, flow, dialogue, fresh | whole)
    if not whole:
        return flow.begin(filled)
    return _aside(scene.rules(dialogue), flow.begin(_passing(flow, filled)), text, moment)


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


def _whole(form: Form, text: str, moment: Moment) -> dict[str, Gleaned]:
    """The message itself, for the question that listens for all of it."""
    for question in form.questions:
        understood = question.kind.parse(text, moment) if question.listening == "all" else None
        if isinstance(understood, Understood):
            return {question.id: Gleaned(question.id, understood.value, "")}
    return {}


def _filled(scene: Scene, flow: Flow, dialogue: Dialogue, found: Mapping[str, Gleaned]) -> Dialogue:
    """Put in what was found; a customer's name waits for the CRM, and what fits nothing goes."""
    kinds = {one.id: one.kind.name for one in flow.form.questions}
    named = [name for name in found if kinds[name] == CUSTOMER]
    people = {name: str(one.value) for name, one in found.items() if kinds[name] == CONTACT}
    values = {name: one.value for name, one in found.items() if name not in {*named, *people}}
    answers = {**dialogue.answers, **values}
    query = str(found[named[0]].value) if named else ""
    count = len(_said(flow.form, found.values()))
    kept = replace(
        dialogue,
        answers=answers,
        heard={**dialogue.heard, **{name: one.words for name, one in found.items() if one.words}},
        looked_up=query,
        named={**dialogue.named, **people},
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
    """With the optional ones unanswered; of open opportunities the CRM is asked all the same."""
    passed: dict[str, JsonValue] = {
        one.id: None
        for one in flow.form.questions
        if one.optional and one.kind.name != OPPORTUNITY and one.id not in dialogue.named
    }
    return replace(dialogue, answers={**passed, **dialogue.answers})


def _aside(rules: Rulebook, dialogue: Dialogue, text: str, moment: Moment) -> Dialogue:
    """What the message says of the forms that will be filled in about the same case."""
    later = (one for one in rules.playbook.forms if one.opens == "open_case")
    found = {one.id: _said(one, heard(rules, one, text, moment)) for one in later}
    kept = {name: {one.question: one.value for one in said} for name, said in found.items() if said}
    words = {one.question: one.words for said in found.values() for one in said}
    return replace(dialogue, aside=kept, heard={**words, **dialogue.heard})
