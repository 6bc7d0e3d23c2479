"""What is sound in a playbook and yet leads nowhere: notes for `dealdesk playbook check`.

A fault keeps a playbook from starting (`rules`, `life`); a note names what nothing brings about or
nobody can begin, with the remedy. Whoever wrote the playbook may have meant it.
"""

from collections.abc import Iterator

from dialogs.playbook.values import Form, Playbook, Step

PRESSED = frozenset(
    {"approval", "enquiry", "reply", "handover", "task", "lead"}
    | {"invitation", "request", "requested"}
)
"""What is opened by a button under a message; no word begins such a form."""
SHOWN = 20
"""Untranslated texts that are named one by one, of each language."""
BY_FORM = frozenset({"parked", "lost", "won"})
"""What happens only by a form that says so."""


def notes(playbook: Playbook) -> list[str]:
    """Return every note as a sentence; none is a playbook in which all leads somewhere."""
    return [
        *(note for step in playbook.steps.values() for note in _step(playbook, step)),
        *(note for form in playbook.forms for note in _form(playbook, form)),
        *_stages(playbook),
        *_untranslated(playbook),
    ]


def _step(playbook: Playbook, step: Step) -> Iterator[str]:
    moved = {form.moves for form in playbook.forms}
    for happening in step.then:
        if happening in BY_FORM - moved:
            yield f"step {step.id}: nothing makes {happening!r} happen: give a form that `moves`"


def _form(playbook: Playbook, form: Form) -> Iterator[str]:
    at = [step for step in playbook.steps.values() if step.form == form.id]
    if form.opens == "open_case" and not at and not form.moves:
        yield f"form {form.id}: no step has it: name it as the `form` of a step, or remove it"
    if form.opens not in PRESSED and not form.words:
        yield f"form {form.id}: nothing begins it: give it `words`"


def _untranslated(playbook: Playbook) -> Iterator[str]:
    """Texts that somebody of a further language reads in English."""
    for one in playbook.translations:
        places = playbook.untranslated.get(one.id, ())
        yield from (
            f"{place}: no text for {one.id!r}: shown in English" for place in places[:SHOWN]
        )
        if len(places) > SHOWN:
            yield f"and {len(places) - SHOWN} texts more are not there for {one.id!r}"


def _stages(playbook: Playbook) -> Iterator[str]:
    """A stage is left by a press once its criteria are met; that does not win a case."""
    used = {step.stage for step in playbook.steps.values()}
    used |= {stage.id for stage in playbook.stages if stage.instead_of in used}
    for stage in playbook.stages:
        if stage.won and stage.id not in used:
            yield f"stage {stage.id}: no step moves a case there: name it as the `stage` of a step"
