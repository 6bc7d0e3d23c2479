"""What is sound in a playbook and yet leads nowhere: notes for `dealdesk playbook check`.

A fault keeps a playbook from starting (`rules`); a note names a place where a case never comes, or
from where it never leaves, with the remedy. Whoever wrote the playbook may have meant it.
"""

from collections.abc import Iterator

from dialogs.playbook.values import Form, Playbook, Process, Step

PRESSED = frozenset({"approval", "invitation"})
"""What is opened by a button under a message; no word begins such a form."""


def notes(playbook: Playbook) -> list[str]:
    """Return every note as a sentence; none is a playbook in which all leads somewhere."""
    return [
        *(note for process in playbook.processes for note in _steps(playbook, process)),
        *(note for form in playbook.forms for note in _form(playbook, form)),
        *_stages(playbook),
    ]


def _steps(playbook: Playbook, process: Process) -> Iterator[str]:
    reached = _reached(playbook, process)
    for step in process.steps:
        where = f"process {process.id}, step {step.id}"
        if step.id not in reached:
            yield f"{where}: no step leads to it: name it in the `then` of another, or remove it"
        if step.then and not _leaves(playbook, process, step):
            yield f"{where}: a dead end: nothing finishes it: give it a `form`"


def _reached(playbook: Playbook, process: Process) -> set[str]:
    """The steps that can be come to from where cases begin."""
    opening = {form.id for form in playbook.forms if form.opens == "case"}
    begins = [step.id for step in process.steps[:1]]
    waiting = begins + [step.id for step in process.steps if step.form in opening]
    following = {step.id: _following(process, step) for step in process.steps}
    reached: set[str] = set()
    while waiting:
        step = waiting.pop()
        if step not in reached:
            reached.add(step)
            waiting += following.get(step, ())
    return reached


def _following(process: Process, step: Step) -> tuple[str, ...]:
    """Where it leads to: by what happens there, and by forms of others that are filled in there."""
    beside = (one.id for one in process.steps if step.id in one.also_at)
    return (*step.then.values(), *beside)


def _leaves(playbook: Playbook, process: Process, step: Step) -> bool:
    """Whether anything that people do ends the step."""
    if any(one.form and step.id in one.also_at for one in process.steps):
        return True
    form = playbook.form_by_id.get(step.form or "")
    if form is None:
        return False
    return "finished" in step.then or form.opens == "approval"


def _form(playbook: Playbook, form: Form) -> Iterator[str]:
    at = [step for process in playbook.processes for step in process.steps if step.form == form.id]
    if form.opens == "open_case" and not at:
        yield f"form {form.id}: no step has it: name it as the `form` of a step, or remove it"
    if form.opens not in PRESSED and not form.words:
        yield f"form {form.id}: nothing begins it: give it `words`"


def _stages(playbook: Playbook) -> Iterator[str]:
    used = {step.stage for process in playbook.processes for step in process.steps}
    for stage in playbook.stages:
        if stage.id not in used:
            yield f"stage {stage.id}: no step moves a case there: name it as the `stage` of a step"
