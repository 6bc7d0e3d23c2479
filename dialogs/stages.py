"""The stages of the pipeline and what must be true to leave them (the playbook's exit criteria).

A criterion is met by an answer given, or by a note that says how it is known. Knows no chat and no
CRM product; the forms that ask for what is missing are `dialogs.playbook.gates`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dialogs import beforehand, tokens
from dialogs.case import Case
from dialogs.library import Rulebook
from dialogs.phrases import say
from dialogs.playbook import Form, Stage
from dialogs.playbook.gates import OVERRIDE, gate_id
from dialogs.playbook.pipeline import Criterion
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import Button, Notice, Row
from dialogs.turns import Turn

ALL = "all"


def known(rules: Rulebook, case: Case) -> Stage | None:
    """The stage that the case is in; a case of before stages were kept is in the first."""
    playbook = rules.playbook
    return playbook.stage_by_id.get(case.stage) or next(iter(playbook.stages_of(case.team)), None)


def met(rules: Rulebook, case: Case, stage: Stage, language: str) -> list[tuple[Criterion, str]]:
    """Each criterion with how it is met, as a person reads it; empty where it is not."""
    return [(one, _how(rules, case, stage, one, language)) for one in stage.criteria]


def _how(rules: Rulebook, case: Case, stage: Stage, criterion: Criterion, language: str) -> str:
    if criterion.met_by is None:
        return str(case.forms.get(gate_id(stage.id), {}).get(criterion.id) or "")
    form, question = criterion.met_by
    asked = rules.playbook.form_by_id[form].question(question)
    value = case.forms.get(form, {}).get(question)
    if asked is None or value is None:
        return ""
    return asked.kind.show(value, language, rules.playbook.currency)


def lacking(rules: Rulebook, case: Case, stage: Stage | None = None) -> list[Criterion]:
    """What is missing to leave the stage: that in which the case is unless another one is named."""
    stage = stage or known(rules, case)
    if stage is None:
        return []
    return [one for one, how in met(rules, case, stage, rules.playbook.language) if not how]


def lacks(rules: Rulebook, case: Case, following: str) -> bool:
    """Whether something is missing to leave the stage for that one."""
    stage = known(rules, case)
    return stage is not None and following not in {stage.id, ""} and bool(lacking(rules, case))


def rows(rules: Rulebook, case: Case, stage: Stage | None = None) -> tuple[tuple[str, str], ...]:
    """The criteria of the stage as the record tells them, in the company's language."""
    stage, language = stage or known(rules, case), rules.playbook.language
    if stage is None:
        return ()
    found = met(rules, case, stage, language)
    return tuple(
        (_marked(language, one, how), how or say(language, "not_yet")) for one, how in found
    )


def _marked(language: str, criterion: Criterion, how: str) -> str:
    key = "criterion_met" if how else "criterion_open"
    return say(language, key, text=criterion.text.of(language))


def button(scene: Scene, case: Case) -> Button:
    """The button that shows the stage of the case."""
    return Button(scene.say("word_stage"), tokens.free(scene.conversation.id, "stage", case.id))


def shown(scene: Scene, case: Case) -> Notice:
    """The checklist of the stage, with what can be answered and where one can go."""
    rules = scene.library.of(case.playbook)
    stage = known(rules, case)
    if stage is None:
        return Notice(scene.say("gone_case"), tone="warning")
    following = rules.playbook.next_stage(stage.id, case.team)
    key = "stage_of" if stage.criteria else "stage_free"
    text_ = scene.say(
        key if following else "stage_last", title=case.title, stage=stage.title.of(scene.language)
    )
    further = (*_waiting(scene, rules, case), *_on(scene, rules, case, following))
    buttons = (*answering(scene, rules, case, (stage, lacking(rules, case))), *further)
    return Notice(text_, rows=_rows(scene, rules, case, stage), buttons=buttons)


def _rows(scene: Scene, rules: Rulebook, case: Case, stage: Stage) -> tuple[Row, ...]:
    found = met(rules, case, stage, scene.language)
    return tuple(
        Row(_marked(scene.language, one, how), how or scene.say("not_yet")) for one, how in found
    )


def answering(
    scene: Scene,
    rules: Rulebook,
    case: Case,
    missing: tuple[Stage, list[Criterion]],
    *,
    on_the_way: bool = False,
) -> Iterator[Button]:
    """A button for each missing item that asks just that, and one for all of the stage.

    `on_the_way`: the case is to be won, and what is missing can be of a stage to come.
    """
    stage, missed = missing
    gate = rules.playbook.gates.get(gate_id(stage.id))
    asked = [] if gate is None else [one for one in gate.questions if _is_among(one.id, missed)]
    of = f"-{rules.playbook.stages.index(stage)}" if on_the_way else ""
    for question in asked:
        words = scene.say("answer_one", text=question.label.of(scene.language))
        number = gate.questions.index(question) if gate else 0
        yield _tick(scene, case, words, f"{number}{of}")
    if len(asked) > 1:
        key, name = "answer_all_of" if of else "answer_all", stage.title.of(scene.language)
        yield _tick(scene, case, scene.say(key, count=len(asked), stage=name), f"{ALL}{of}")
    yield from _forms(scene, rules, case, missed)


def _is_among(question: str, missed: list[Criterion]) -> bool:
    return any(one.id == question and one.met_by is None for one in missed)


def _forms(scene: Scene, rules: Rulebook, case: Case, missed: list[Criterion]) -> Iterator[Button]:
    """The forms whose answers are missing, where they can be filled in now."""
    names = dict.fromkeys(one.met_by[0] for one in missed if one.met_by)
    for form in (rules.playbook.form_by_id[name] for name in names):
        if rules.lifecycle.fits(form, case.step) and scene.may(form.action):
            yield scene.starts(form, case.id)


def _waiting(scene: Scene, rules: Rulebook, case: Case) -> Iterator[Button]:
    """The forms that something was said to before, once nothing is missing any more."""
    for form in beforehand.waiting(rules, case) if not lacking(rules, case) else ():
        if scene.may(form.action):
            yield scene.starts(form, case.id)


def _tick(scene: Scene, case: Case, words: str, which: str) -> Button:
    return Button(words, tokens.free(scene.conversation.id, "tick", which, case.id))


def _on(scene: Scene, rules: Rulebook, case: Case, following: Stage | None) -> Iterator[Button]:
    """Once nothing is missing, the form that begins the next stage comes first."""
    if following is not None and not following.won and not lacking(rules, case):
        yield from (scene.starts(one, case.id) for one in _beginning(rules, case, following))
    yield from _onward(scene, case, following)


def _beginning(rules: Rulebook, case: Case, following: Stage) -> Iterator[Form]:
    steps = rules.playbook.steps
    for form in rules.playbook.forms:
        there = steps.get(steps[case.step].then.get(form.moves or "", ""))
        if there and there.stage == following.id:
            yield form


def _onward(scene: Scene, case: Case, following: Stage | None) -> Iterator[Button]:
    if following is not None:
        words = scene.say("move_on", stage=following.title.of(scene.language))
        place = standing(scene.library.of(case.playbook), case)
        yield Button(words, tokens.free(scene.conversation.id, "onward", case.id, place))


def standing(rules: Rulebook, case: Case) -> str:
    """The stage that the case is in, as short as a button needs it."""
    stage = known(rules, case)
    return str(rules.playbook.stages.index(stage)) if stage else ""


def missing(scene: Scene, rules: Rulebook, case: Case, remark: str = "") -> Turn:
    """Say what is missing to leave the stage, as buttons that ask just that, or to say why not.

    `remark` is said first.
    """
    stage = known(rules, case)
    name = stage.title.of(scene.language) if stage else ""
    missed = lacking(rules, case)
    anyway = Button(
        scene.say("move_anyway"), tokens.free(scene.conversation.id, "start", OVERRIDE, case.id)
    )
    answers = answering(scene, rules, case, (stage, missed)) if stage else ()
    words = scene.say("missing", title=case.title, stage=name)
    text = "\n".join(filter(None, (remark, words)))
    return scene.notice(Notice(text, "warning", unmet(scene, missed), (*answers, anyway)))


def unmet(scene: Scene, missed: Iterable[Criterion]) -> tuple[Row, ...]:
    """Each criterion as one that is not met yet."""
    return tuple(Row(_marked(scene.language, one, ""), scene.say("not_yet")) for one in missed)


def ticked(scene: Scene, case: Case, notice: Notice | None = None) -> Turn:
    """Something was answered: keep it, and show how the stage stands now, or that notice."""
    audit = AuditLine(scene.person.id, "tick", case.id)
    return replace(scene.closing(notice or shown(scene, case)), cases=(case,), audit=(audit,))
