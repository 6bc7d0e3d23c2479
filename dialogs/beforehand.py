"""What somebody says to a form before it can be begun: kept with the case, for when it can.

Knows the form's questions; when a form has to wait is `dialogs.reception`'s subject.
"""

from collections.abc import Iterator
from dataclasses import replace

from dialogs import choosing, telling
from dialogs.answers import Understood
from dialogs.case import Case
from dialogs.crm import JsonValue
from dialogs.flow import Dialogue
from dialogs.library import Rulebook
from dialogs.playbook import Form
from dialogs.scene import Scene

LISTED = frozenset({"customer", "recipient"})
"""Kinds whose words mean something only beside a list."""


def kept(scene: Scene, case: Case, blank: Dialogue, said: str, quote: str) -> Case:
    """The case with what the words answer of the form; `blank` is what would have been begun."""
    filled = telling.opening(scene, blank, quote or said)
    filled = filled or first_answer(scene, quoted(scene, blank, quote), said)
    fresh = dict(_fresh(blank, filled))
    if not fresh:
        return case
    return replace(
        case,
        beforehand={**case.beforehand, **filled.aside, blank.form: fresh},
        heard={**case.heard, **filled.heard},
    )


def _fresh(blank: Dialogue, filled: Dialogue) -> Iterator[tuple[str, JsonValue]]:
    """What was said, with what was passed over for it. What the case tells is asked of it again."""
    known = blank.answers
    for name, value in filled.answers.items():
        if name not in known or known[name] != value:
            yield name, value


def quoted(scene: Scene, dialogue: Dialogue, quote: str) -> Dialogue:
    """A chat message the command was used on becomes the first long answer."""
    form = scene.form(dialogue)
    field = next((one for one in form.questions if one.kind.name == "long_text"), None)
    parsed = field.kind.parse(quote, scene.moment(scene.rules(dialogue))) if field else None
    value: JsonValue = getattr(parsed, "value", None)
    if not quote or field is None or value is None:
        return dialogue
    return replace(dialogue, answers={**dialogue.answers, field.id: value})


def first_answer(scene: Scene, dialogue: Dialogue, said: str) -> Dialogue:
    """With the words as the answer to the question it stands on, where they are one."""
    flow = scene.flow(dialogue)
    question = flow.question(dialogue)
    if not said or question is None:
        return dialogue
    if choosing.looks_up(question) or question.kind.name in LISTED:
        return dialogue
    parsed = question.kind.parse(said, scene.moment(scene.rules(dialogue)))
    return flow.answer(dialogue, parsed.value) if isinstance(parsed, Understood) else dialogue


def waiting(rules: Rulebook, case: Case) -> list[Form]:
    """The forms for which something was kept, and that move the case on from where it stands."""
    return [
        form
        for form in rules.playbook.forms
        if form.moves
        and case.beforehand.get(form.id)
        and form.id not in case.forms
        and _goes_on(rules, case, form)
    ]


def _goes_on(rules: Rulebook, case: Case, form: Form) -> bool:
    moved = rules.lifecycle.after(case, form.moves)
    return moved is not None and not rules.playbook.steps[moved.step].outcome
