"""What began on an edition of the playbook that is no longer at hand, moved onto the current one.

Editions are kept beside the program, so this is for a shelf that was lost or cleared. A dialogue
keeps every answer that the current form still understands and goes on at the first open question;
one whose form is gone ends. A case whose step is gone stands where its next form is filled in.
"""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.answers import Moment, Refusal, Understood
from dialogs.answers.demand import tables
from dialogs.case import Case
from dialogs.crm import JsonValue
from dialogs.events import Decided, Event
from dialogs.flow import Dialogue, Flow
from dialogs.library import Library
from dialogs.playbook import Playbook, Question
from dialogs.screens import LINES
from dialogs.turns import Conversation


def conversation(library: Library, stored: Conversation, moment: Moment) -> Conversation:
    """The conversation with all its dialogues on editions at hand; the same where they are."""
    if all(library.holds(one.playbook) for one in stored.dialogues):
        return stored
    moved = (_dialogue(library, one, moment) for one in stored.dialogues)
    return replace(stored, dialogues=tuple(one for one in moved if one is not None))


def _dialogue(library: Library, stored: Dialogue, moment: Moment) -> Dialogue | None:
    if library.holds(stored.playbook):
        return stored
    flow = library.current.flows.get(stored.form)
    if flow is None:
        return None
    edition = library.current.playbook.edition
    answers = dict(_kept(flow, stored, moment))
    moved = replace(stored, playbook=edition, answers=answers, ticked=(), query="", hits=())
    return flow.begin(moved)


def _kept(flow: Flow, stored: Dialogue, moment: Moment) -> Mapping[str, JsonValue]:
    return {
        question.id: stored.answers[question.id]
        for question in flow.form.questions
        if question.id in stored.answers and _counts(question, stored.answers[question.id], moment)
    }


def _counts(question: Question, value: JsonValue, moment: Moment) -> bool:
    """Whether the question, as it is asked now, understands that answer as the same one."""
    if value is None:
        return question.optional
    try:
        again = _again(question, value, moment)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        return False  # the answer of another kind of question
    return isinstance(again, Understood) and again.value == value


def _again(question: Question, value: JsonValue, moment: Moment) -> Understood | Refusal:
    kind = question.kind
    if kind.name == LINES:
        return Understood(value) if tables(value) else Refusal("empty")
    if kind.options():
        return kind.choose(_ids(value))
    if isinstance(value, dict) and "email" in value:
        known = kind.parse(str(value["email"]), moment)
        return Understood(value) if isinstance(known, Understood) else known
    if isinstance(value, dict):
        named = kind.parse(str(value["name"]), moment)
        same = isinstance(named, Understood) and isinstance(named.value, dict)
        return Understood(value) if same else Refusal("empty")
    return kind.parse(kind.show(value, moment.language, moment.currency), moment)


def _ids(value: JsonValue) -> list[str]:
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def cases(library: Library, known: Mapping[str, Case], event: Event) -> Mapping[str, Case]:
    """The cases, each on an edition at hand and at a step that it has."""
    if all(library.holds(one.playbook) for one in known.values()):
        return known
    return {name: _case(library, one, event) for name, one in known.items()}


def _case(library: Library, stored: Case, event: Event) -> Case:
    if library.holds(stored.playbook):
        return stored
    playbook = library.current.playbook
    step = stored.step if stored.step in playbook.steps else _standing(playbook, event)
    return replace(stored, playbook=playbook.edition, step=step)


def _standing(playbook: Playbook, event: Event) -> str:
    """Where a case goes on whose step is gone: at the decision that was just made about it."""
    if isinstance(event, Decided):
        return playbook.decision.step
    about = {form.id for form in playbook.forms if form.opens == "open_case"}
    return next(
        (step.id for step in playbook.steps.values() if step.form in about), playbook.decision.step
    )
