"""Doing something about a stage: asking what is missing to leave it, and leaving it.

What the stage is and what is missing is `dialogs.stages`' subject.
"""

from dataclasses import replace

from dialogs import advancing, moves, overview, reception, stages, winning
from dialogs.case import Case
from dialogs.flow import Dialogue
from dialogs.library import Rulebook
from dialogs.playbook import Stage
from dialogs.playbook.gates import gate_id
from dialogs.scene import Scene
from dialogs.shows import Notice
from dialogs.turns import Turn

CODE = "stage"
"""Of the buttons that show the stage of a case."""


def asked(scene: Scene) -> Turn:
    """The stage of the one open case there is; of several, ask which."""
    cases = overview.open_cases(scene.library, scene.conversation)
    if not cases:
        return scene.notice(Notice(scene.say("status_none"), buttons=scene.menu()))
    return shown(scene, cases[0].id) if len(cases) == 1 else overview.choosing(scene, cases, CODE)


def by_name(scene: Scene, name: str) -> Turn:
    """The stage of the open case with that name."""
    there = overview.open_cases(scene.library, scene.conversation)
    cases = [one for one in overview.matching(scene.conversation, name) if one in there]
    if not cases:
        return overview.by_name(scene, name)
    return shown(scene, cases[0].id) if len(cases) == 1 else overview.choosing(scene, cases, CODE)


def shown(scene: Scene, case_id: str) -> Turn:
    """The checklist of the stage that the case is in."""
    case = moves.own(scene, case_id)
    return scene.notice(stages.shown(scene, case)) if case else moves.gone(scene)


def ticking(scene: Scene, which: str, case_id: str) -> Turn:
    """Ask how one of the criteria is met (by its number), or all that are not met yet."""
    case = moves.own(scene, case_id)
    if case is None:
        return moves.gone(scene)
    number, way, place = which.partition("-")
    stage = _placed(scene, case, place) if way else stages.known(_rules(scene, case), case)
    asked = _asked(scene, case, stage, number) if stage else ()
    if stage is None or not asked:
        return scene.notice(stages.shown(scene, case))
    dialogue = _blank(scene, case, stage, asked)
    dialogue = replace(dialogue, mark=winning.WON) if way else dialogue
    subject = (dialogue.form, dialogue.subject)
    talk = scene.conversation
    others = tuple(one for one in talk.dialogues if (one.form, one.subject) != subject)
    alone = replace(scene, conversation=replace(talk, dialogues=others))
    return reception.begun(alone, dialogue)


def _rules(scene: Scene, case: Case) -> Rulebook:
    return scene.library.of(case.playbook)


def _placed(scene: Scene, case: Case, place: str) -> Stage | None:
    """The stage of that place in the playbook, where the case passes it on its way to be won."""
    rules = _rules(scene, case)
    ahead = {str(rules.playbook.stages.index(one)): one for one in winning.passed(rules, case)}
    return ahead.get(place)


def _asked(scene: Scene, case: Case, stage: Stage, which: str) -> tuple[str, ...]:
    """Ids of the criteria to ask for."""
    rules = _rules(scene, case)
    gate = rules.playbook.gates.get(gate_id(stage.id))
    if gate is None or not rules.lifecycle.fits(gate, case.step):
        return ()
    if which == stages.ALL:
        return tuple(one.id for one in stages.lacking(rules, case, stage) if one.met_by is None)
    number = int(which) if which.isdecimal() and which.isascii() else len(gate.questions)
    return tuple(one.id for one in gate.questions[number : number + 1])


def _blank(scene: Scene, case: Case, stage: Stage, asked: tuple[str, ...]) -> Dialogue:
    rules = _rules(scene, case)
    form = rules.playbook.gates[gate_id(stage.id)]
    known = case.forms.get(form.id, {})
    answers = {one.id: known.get(one.id) for one in form.questions if one.id not in asked}
    blank = Dialogue(
        id=scene.facts.event_id,
        form=form.id,
        playbook=rules.playbook.edition,
        state="",
        subject=case.id,
        answers=answers,
        about=case.title,
        began=scene.facts.now,
    )
    return rules.flows[form.id].begin(blank)


def onward(scene: Scene, case_id: str, place: str) -> Turn:
    """Leave the stage: at once, by the form that wins it, or after what is missing was asked.

    `place` is the stage it was in when the button was made: who taps twice leaves one.
    """
    case = moves.own(scene, case_id)
    if case is None:
        return moves.gone(scene)
    rules = scene.library.of(case.playbook)
    stage = stages.known(rules, case)
    following = rules.playbook.next_stage(stage.id, case.team) if stage else None
    elsewhere = place != stages.standing(rules, case)
    if following is None or elsewhere or rules.playbook.steps[case.step].over:
        return scene.notice(stages.shown(scene, case))
    if following.won:
        return _winning(scene, case)
    if stages.lacking(rules, case):
        return stages.missing(scene, rules, case)
    return advancing.advanced(scene, rules, case)


def _winning(scene: Scene, case: Case) -> Turn:
    """Won is more than a stage: its form asks the last criteria."""
    rules = _rules(scene, case)
    if winning.lacking(rules, case):
        return scene.notice(winning.missing(scene, rules, case))
    form = winning.form_of(rules, case)
    if form is not None:
        return reception.start(scene, form, case.id)
    words = scene.say("not_now", title=case.title)
    return scene.notice(Notice(words, "warning", buttons=moves.buttons(scene, case)))
