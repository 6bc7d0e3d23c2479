"""A form page that was filled in: several questions of a dialogue, answered at once."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from dialogs import choosing, drafts, screens
from dialogs.answers import Refusal, Understood
from dialogs.answers import say as say_refusal
from dialogs.events import Submitted
from dialogs.flow import REVIEW, Dialogue, Flow
from dialogs.playbook import Question
from dialogs.scene import Scene
from dialogs.screens import MULTI
from dialogs.shows import FormClosed, FormErrors
from dialogs.talk import advance
from dialogs.turns import Turn


def submit(scene: Scene, dialogue: Dialogue, event: Submitted) -> Turn:
    """Take a form page: all of it, or none with a sentence at each field that was not taken."""
    flow = scene.flow(dialogue)
    answered, errors = _filled(scene, dialogue, flow, event.values)
    if errors:
        return Turn(scene.conversation, reply=FormErrors(tuple(errors)))
    advanced = advance(scene, flow.begin(answered))
    standing = advanced.conversation.active
    if advanced.asks:
        return replace(advanced, reply=FormClosed())
    more = standing is not None and len(screens.page_questions(flow, standing)) > 0
    reviewed = standing is not None and standing.state == REVIEW
    if standing is None or standing.id != dialogue.id or reviewed or not more:
        return replace(advanced, reply=FormClosed())
    following = replace(scene, conversation=advanced.conversation).view(standing)
    return replace(advanced, reply=screens.page(following))


def _filled(
    scene: Scene, dialogue: Dialogue, flow: Flow, values: Mapping[str, Sequence[str]]
) -> tuple[Dialogue, list[tuple[str, str]]]:
    answers, errors = dict(dialogue.answers), []
    about = dialogue.about
    for question in screens.page_questions(flow, dialogue):
        result = _field(scene, dialogue, question, tuple(values.get(question.id, ())))
        if isinstance(result, Refusal):
            errors.append((question.id, say_refusal(result, scene.language)))
            continue
        if question.crm == "customer" and result.value != answers.get(question.id):
            dialogue = choosing.forgotten(flow.form, replace(dialogue, answers=answers))
            answers = dict(dialogue.answers)
        answers[question.id] = result.value
        if question.crm == "customer" and isinstance(result.value, dict):
            about = str(result.value["name"])
    filled = replace(dialogue, answers=answers, about=about, echo="", ticked=())
    return drafts.redrafted(scene, dialogue, filled), errors


def _field(
    scene: Scene, dialogue: Dialogue, question: Question, given: tuple[str, ...]
) -> Understood | Refusal:
    empty = not any(one.strip() for one in given)
    if empty and question.optional:
        return Understood(None)
    if question.kind.options() and not (empty and question.kind.name != MULTI):
        return question.kind.choose(given)
    moment = scene.moment(scene.rules(dialogue))
    return question.kind.parse(given[0] if given else "", moment)
