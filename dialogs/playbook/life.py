"""What must hold for the life of a case: every step is reached, and from each one gets on.

Each rule yields sentences that name the place and the remedy.
"""

from collections.abc import Iterator

from dialogs.playbook.values import BEFORE, Form, Playbook, Step


def faults_of_life(playbook: Playbook) -> list[str]:
    """Return every step that no case reaches, every dead end, every form that moves nothing."""
    return [
        *_unreached(playbook),
        *_dead_ends(playbook),
        *_lost_before(playbook),
        *(fault for form in playbook.forms for fault in _movers(playbook, form)),
    ]


def _unreached(playbook: Playbook) -> Iterator[str]:
    reached = {playbook.case_process.steps[0].id, *_begun_at(playbook)}
    for _ in playbook.steps:
        reached |= {to for step in reached for to in playbook.steps[step].then.values()} - {BEFORE}
    for step in playbook.steps.values():
        if step.id not in reached:
            yield f"step {step.id}: no case reaches it: name it in the `then` of an earlier step"


def _begun_at(playbook: Playbook) -> Iterator[str]:
    opening = {form.id for form in playbook.forms if form.opens == "case"}
    return (step.id for step in playbook.steps.values() if step.form in opening)


def _dead_ends(playbook: Playbook) -> Iterator[str]:
    for step in playbook.steps.values():
        if not step.then and not step.outcome:
            yield f"step {step.id}: nothing follows: give it a `then`, or say the `outcome`"
    for name in sorted({step.id for step in playbook.steps.values()} - _ending(playbook)):
        yield f"step {name}: no end can be reached from it: lead it to a step with an `outcome`"


def _ending(playbook: Playbook) -> set[str]:
    """Steps from which some end is reached; what has no end of its own is told already."""
    ends = {step.id for step in playbook.steps.values() if step.over}
    for _ in playbook.steps:
        ends |= {step.id for step in playbook.steps.values() if ends & set(step.then.values())}
    return ends


def _lost_before(playbook: Playbook) -> Iterator[str]:
    """`before` has a meaning only where a case comes from elsewhere to stand aside."""
    for step in playbook.steps.values():
        if BEFORE in step.then.values() and not step.outcome:
            yield f"step {step.id}: only a step with an `outcome` can lead to `before`"


def _movers(playbook: Playbook, form: Form) -> Iterator[str]:
    if form.moves and form.opens != "open_case":
        yield f"form {form.id}: it moves cases: write opens = 'open_case'"
    if form.moves and not any(_knows(step, form.moves) for step in playbook.steps.values()):
        yield f"form {form.id}: no step has {form.moves!r} in its `then`"
    if form.moves and any(step.form == form.id for step in playbook.steps.values()):
        yield f"form {form.id}: it is named by a step, so leave `moves` out"


def _knows(step: Step, happening: str) -> bool:
    return happening in step.then
