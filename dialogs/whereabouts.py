"""Where a case stands in the flow chart of its process: as a picture, and the same as text."""

from collections.abc import Sequence

from dialogs.case import Case
from dialogs.drawings import Arrow, Box, FlowChart
from dialogs.playbook import Process, Step
from dialogs.scene import Scene
from dialogs.shows import Button, Notice, Picture, Row
from dialogs.tokens import free
from dialogs.turns import Turn

ASIDE = frozenset({"parked", "lost"})
"""Ends that a case can come to from nearly everywhere: arrows to them would hide all others."""


def shown(scene: Scene, case_id: str = "") -> Turn:
    """The chart with the case marked; without a case, or with several, the bare chart first."""
    cases = [one for one in scene.facts.cases.values() if one.owner == scene.person.id]
    named = [one for one in cases if one.id == case_id]
    if case_id and not named:
        return scene.notice(Notice(scene.say("gone_case"), tone="warning"))
    case = named[0] if named else cases[0] if len(cases) == 1 else None
    buttons = () if case else _choices(scene, cases)
    return scene.shown(_picture(scene, _process(scene, case), case, buttons))


def _choices(scene: Scene, cases: Sequence[Case]) -> tuple[Button, ...]:
    """A button for each case, the latest first."""
    return tuple(
        Button(one.title, free(scene.conversation.id, "process", one.id)) for one in reversed(cases)
    )


def _process(scene: Scene, case: Case | None) -> Process:
    """The written process that the case is in just now, in the edition it began with."""
    playbook = scene.library.of(case.playbook).playbook if case else scene.library.current.playbook
    for process in playbook.processes if case else ():
        if any(case is not None and step.id == case.step for step in process.steps):
            return process
    return playbook.case_process


def _picture(
    scene: Scene, process: Process, case: Case | None, buttons: tuple[Button, ...]
) -> Picture:
    title = process.title.of(scene.language)
    text = scene.say("process_of", title=title, about=case.title) if case else title
    rows = tuple(_row(scene, step, case) for step in process.steps)
    alt = "; ".join(f"{row.label}: {row.value}" for row in rows)
    chart = _chart(scene, process, case)
    question = "" if not buttons else "\n" + scene.say("which_case")
    return Picture(text + question, chart, alt, rows, buttons)


def _chart(scene: Scene, process: Process, case: Case | None) -> FlowChart:
    boxes = tuple(_box(scene, step, case) for step in process.steps)
    known = {step.id for step in process.steps if step.outcome not in ASIDE}
    arrows = tuple(
        Arrow(step.id, target, "" if happening == "finished" else scene.say(f"then_{happening}"))
        for step in process.steps
        for happening, target in step.then.items()
        if target in known - {step.id}
    )
    title = f"{process.title.of(scene.language)} {process.version}"
    return FlowChart(title, boxes, arrows, scene.say("you_are_here"))


def _box(scene: Scene, step: Step, case: Case | None) -> Box:
    text = f"{step.number}. {step.title.of(scene.language)}"
    responsible = scene.say(f"role_{step.responsible}")
    if case is None:
        return Box(step.id, text, responsible)
    if step.id == case.step:
        return Box(step.id, text, responsible, "here")
    return Box(step.id, text, responsible, "past" if _passed(case, step) else "ahead")


def _passed(case: Case, step: Step) -> bool:
    return any(one.step == step.id or one.kind == step.form for one in case.course if step.form)


def _row(scene: Scene, step: Step, case: Case | None) -> Row:
    label = f"{step.number}. {step.title.of(scene.language)}"
    responsible = scene.say(f"role_{step.responsible}")
    if case is not None and step.id == case.step:
        return Row(f"▶ {label}", scene.say("here_is", role=responsible))
    done = case is not None and _passed(case, step)
    return Row(f"✓ {label}" if done else label, responsible)
