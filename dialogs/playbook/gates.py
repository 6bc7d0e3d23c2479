"""The exit criteria of the stages as forms: for each that no answer meets, how it is known.

So a criterion is asked, skipped, edited and shown by the same machine as any question.
"""

from collections.abc import Iterable, Mapping

from dialogs.answers import kind_from
from dialogs.phrases import PHRASES, say
from dialogs.playbook.pipeline import Criterion, Stage
from dialogs.playbook.texts import Text
from dialogs.playbook.values import Form, Question

OVERRIDE = "override"
"""Id of the form that asks why a stage is left although something is missing."""
OVERRIDE_WON = "override-won"
"""Id of the one that asks why a case is won although something is missing."""


def gates(stages: Iterable[Stage]) -> Mapping[str, Form]:
    """Return the forms by id."""
    asked = [_gate(stage) for stage in stages if _open(stage)]
    return {form.id: form for form in (*asked, _override(OVERRIDE), _override(OVERRIDE_WON))}


def gate_id(stage: str) -> str:
    """The id of a stage's form of criteria; no form of a playbook has a dash in its id."""
    return f"gate-{stage}"


def _open(stage: Stage) -> list[Criterion]:
    return [one for one in stage.criteria if one.met_by is None]


def _gate(stage: Stage) -> Form:
    return Form(
        id=gate_id(stage.id),
        title=_texts("gate_title", stage.title),
        action="move",
        opens="open_case",
        questions=tuple(_asked(one) for one in _open(stage)),
        review=False,
    )


def _asked(criterion: Criterion) -> Question:
    return Question(
        id=criterion.id,
        kind=kind_from("text", {"max": 500}),
        prompt=_texts("gate_prompt", criterion.text),
        label=criterion.text,
        optional=True,
    )


def _override(name: str) -> Form:
    prompt = Text({language: say(language, "override_prompt") for language in PHRASES})
    label = Text({language: say(language, "override_label") for language in PHRASES})
    kind = kind_from("text", {"max": 500})
    asked = (Question("reason", kind, prompt, label),)
    title = Text({language: say(language, "override_title") for language in PHRASES})
    return Form(name, title, "move", "open_case", asked)


def _texts(key: str, text: Text) -> Text:
    return Text({language: say(language, key, text=text.of(language)) for language in PHRASES})
