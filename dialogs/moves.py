"""What can happen to a case besides the forms of its steps: one press moves it along the process.

Knows the machine of the process (`dialogs.case`); what must be true to leave a stage is `stages`.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from dialogs import handover, stages, winning
from dialogs.case import Case
from dialogs.closing import standing, token, told
from dialogs.crm import Closing, Delivery, Note, Value
from dialogs.entries import about, keeping, said_before
from dialogs.library import Rulebook
from dialogs.listing import listed
from dialogs.people import may
from dialogs.phrases import say
from dialogs.playbook import Form, Step
from dialogs.rows import AuditLine
from dialogs.scene import Scene, follow
from dialogs.shows import Button, Notice
from dialogs.turns import CaseRef, Turn

PLAIN = ("finished", "requested", "restored")
"""What a press can make happen, in the order of its buttons; all else needs a form."""


def own(scene: Scene, case_id: str) -> Case | None:
    """The person's own case of that id."""
    case = scene.facts.cases.get(case_id)
    if case is None or case.closed or not may(scene.person, "move", owner=case.owner):
        return None
    return case


def gone(scene: Scene) -> Turn:
    return scene.notice(Notice(scene.say("gone_case"), tone="warning"))


def move(scene: Scene, happening: str, case_id: str, place: str) -> Turn:
    """Let that happen to the case; where something of its stage is missing, ask for that first.

    `place` is where it stood when the button was made: who taps twice moves it once.
    """
    case = own(scene, case_id)
    if case is None:
        return gone(scene)
    rules = scene.library.of(case.playbook)
    if place != standing(rules, case):
        return _refused(scene, case, "moved_since")
    moved = rules.lifecycle.after(case, happening) if happening in plain(rules, case) else None
    if moved is None or handover.accepted(scene, case):
        return _refused(scene, case, "not_now")
    held = winning.held(scene, rules, case, moved) if happening != "restored" else None
    if held is not None:
        return held
    back = handover.recalled(scene, case)
    moved = replace(moved, since=scene.facts.now)
    return follow(back, _moved(scene, rules, case, moved, happening))


def _refused(scene: Scene, case: Case, why: str) -> Turn:
    """Say why not, with all that can happen now."""
    words = scene.say(why, title=case.title)
    return scene.notice(Notice(words, "warning", buttons=buttons(scene, case)))


def plain(rules: Rulebook, case: Case) -> tuple[str, ...]:
    """What can happen to it now by a press."""
    step = rules.playbook.steps[case.step]
    by_form = {one.moves for one in rules.playbook.forms}
    if step.form or rules.lifecycle.following(case.step):
        by_form.add("finished")
    return tuple(one for one in PLAIN if one in step.then and one not in by_form)


def _moved(scene: Scene, rules: Rulebook, was: Case, case: Case, happening: str) -> Turn:
    entry = _entry(scene, rules, was, case, happening) if happening != "finished" else None
    kept = keeping(case, entry) if entry else case
    words = _news(scene, rules, was, kept, happening)
    now = scene.notice(Notice(words, "good", buttons=buttons(scene, kept)))
    return replace(
        now,
        conversation=listed(now.conversation, rules, kept),
        cases=(kept,),
        deliveries=(entry,) if entry else (),
        tells=told(scene, kept, "restored") if entry and entry.closing else (),
        audit=(AuditLine(scene.person.id, f"move:{happening}", case.id),),
    )


def _news(scene: Scene, rules: Rulebook, was: Case, case: Case, happening: str) -> str:
    step = rules.playbook.steps[case.step].title.of(scene.language)
    kind = "round" if case.rounds > was.rounds else happening
    if happening == "restored" and not rules.playbook.steps[was.step].outcome:
        kind = "anew"
    return scene.say(f"moved_{kind}", title=case.title, step=step, number=case.rounds)


def _entry(scene: Scene, rules: Rulebook, was: Case, case: Case, happening: str) -> Delivery:
    """The entry for a move: the history note, the stage where it changes, back from lost."""
    language = rules.playbook.language
    before = rules.playbook.steps[was.step]
    rows = stages.rows(rules, was) if case.stage != was.stage else ()
    rows = (
        winning.rows(rules, replace(case, stage=was.stage)) if winning.wins(rules, case) else rows
    )
    if happening == "restored":
        rows = ((say(language, "row_restored"), before.title.of(language)),)
    note = Note(say(language, f"note_{happening}"), rows)
    return replace(
        about(case, happening, scene.person, scene.person, note),
        opportunity=_chances(rules, case) if before.outcome == "lost" else {},
        stage=case.stage if case.stage != was.stage else None,
        closing=Closing("restored") if before.outcome == "lost" else None,
        untag=before.tag.of(language) if before.tag and happening == "restored" else None,
        finishes=_waiting(case) if before.outcome == "parked" else (),
    )


def _chances(rules: Rulebook, case: Case) -> Mapping[str, Value]:
    """The probability that closing it took away."""
    told = list(said_before(rules.playbook, case, "probability"))
    return {"probability": told[-1]} if told else {}


def _waiting(case: Case) -> tuple[str, ...]:
    """The entries whose activity was to come back to the case."""
    return tuple(key for key in case.deliveries if key.split("-")[1] == "park")


def buttons(scene: Scene, case: Case) -> tuple[Button, ...]:
    """All that the person can do about the case where it stands; what comes next comes first."""
    if own_step := _step(scene, case):
        rules = scene.library.of(case.playbook)
        return (*_next(scene, rules, case), *_aside(scene, rules, case, own_step))
    return ()


def next_buttons(scene: Scene, case: Case) -> tuple[Button, ...]:
    """What comes next, alone."""
    step = _step(scene, case)
    return tuple(_next(scene, scene.library.of(case.playbook), case))[:1] if step else ()


def going_on(scene: Scene, case: Case | CaseRef) -> list[Form]:
    """The forms with which this person can go on with the case, the nearest first."""
    rules = scene.library.of(case.playbook) if isinstance(case, Case) else scene.library.current
    forms = (rules.playbook.form_by_id[one] for one in rules.lifecycle.following(case.step))
    return [one for one in forms if one.opens != "approval" and scene.may(one.action)]


def beside(scene: Scene, case: Case) -> Iterator[Button]:
    """What goes with the case wherever it stands."""
    rules = scene.library.of(case.playbook)
    for form in rules.playbook.forms:
        fits = form.beside and rules.lifecycle.fits(form, case.step)
        if fits and may(scene.person, form.action, owner=case.owner):
            yield scene.starts(form, case.id)


def leading_on(scene: Scene, case: Case) -> Iterator[Form]:
    """The forms that bring the case to another step of its way, not to an end."""
    playbook = scene.library.of(case.playbook).playbook
    for form in playbook.forms:
        target = playbook.steps[case.step].then.get(form.moves or "")
        there = playbook.steps.get(target or "")
        if there and there.id != case.step and not there.outcome and scene.may(form.action):
            yield form


def _step(scene: Scene, case: Case) -> Step | None:
    if not may(scene.person, "move", owner=case.owner):
        return None
    return scene.library.of(case.playbook).playbook.steps.get(case.step)


def _next(scene: Scene, rules: Rulebook, case: Case) -> Iterator[Button]:
    for form in going_on(scene, case):
        yield scene.starts(form, case.id, form.title.of(scene.language))
    for happening in plain(rules, case):
        if happening != "restored" or rules.playbook.steps[case.step].outcome:
            yield _button(scene, rules, case, happening)


def _aside(scene: Scene, rules: Rulebook, case: Case, step: Step) -> Iterator[Button]:
    if "restored" in step.then and not step.outcome:
        yield _button(scene, rules, case, "restored")
    for form in rules.playbook.forms:
        if form.moves in step.then and form.words and scene.may(form.action):
            yield scene.starts(form, case.id)
    yield from stage_button(scene, case)


def stage_button(scene: Scene, case: Case) -> Iterator[Button]:
    """The way to what must be true to go on, where a case goes on by its stage."""
    rules = scene.library.of(case.playbook)
    step = rules.playbook.steps[case.step]
    waits = step.hands_over or step.id == rules.playbook.decision.step
    if not step.over and not waits and stages.known(rules, case):
        yield stages.button(scene, case)


def _button(scene: Scene, rules: Rulebook, case: Case, happening: str) -> Button:
    step = rules.playbook.steps[case.step]
    after = rules.lifecycle.after(case, happening)
    rounds = after.rounds if after and after.rounds > case.rounds else 0
    key = "move_round" if rounds else f"move_{happening}"
    text = scene.say(key, step=step.title.of(scene.language), number=rounds)
    return Button(text, token(scene, case, happening))
