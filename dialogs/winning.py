"""What must be true before a case is won: the criteria of every stage that it would pass.

Or a reason why it is won all the same. Knows no chat and no CRM product; how a criterion is met is
`dialogs.stages`' subject.
"""

from collections.abc import Iterator
from dataclasses import replace

from dialogs import stages
from dialogs.case import Case
from dialogs.library import Rulebook
from dialogs.phrases import say
from dialogs.playbook import Form, Stage
from dialogs.playbook.gates import OVERRIDE_WON
from dialogs.playbook.pipeline import Criterion
from dialogs.rows import AuditLine
from dialogs.scene import Scene
from dialogs.shows import Button, Notice
from dialogs.tokens import free
from dialogs.turns import Turn

WON = "won"
"""The outcome, and the mark of a dialogue that asks for a criterion on the way to it."""


def wins(rules: Rulebook, case: Case | None) -> bool:
    """Whether the case, moved on, is won."""
    return case is not None and rules.playbook.steps[case.step].outcome == WON


def form_of(rules: Rulebook, case: Case) -> Form | None:
    """The form that wins the case from where it stands."""
    there = (one for one in rules.playbook.forms if rules.lifecycle.fits(one, case.step))
    return next((one for one in there if wins(rules, rules.lifecycle.finished(case, one.id))), None)


def passed(rules: Rulebook, case: Case) -> list[Stage]:
    """The stage that the case is in and those that follow, up to the one that is won."""
    there, now = rules.playbook.stages_of(case.team), stages.known(rules, case)
    ahead = there[there.index(now) :] if now in there else there
    return [one for one in ahead if not one.won]


def lacking(rules: Rulebook, case: Case) -> list[tuple[Stage, list[Criterion]]]:
    """By stage, what is missing to win it and is not asked by the form that wins it.

    Nothing where somebody has said why it is won all the same.
    """
    if _reason(case):
        return []
    form = form_of(rules, case)
    found = [(one, _missed(rules, case, one, form)) for one in passed(rules, case)]
    return [(stage, missed) for stage, missed in found if missed]


def _missed(rules: Rulebook, case: Case, stage: Stage, form: Form | None) -> list[Criterion]:
    missed = stages.lacking(rules, case, stage)
    return [one for one in missed if not (one.met_by and form and one.met_by[0] == form.id)]


def _reason(case: Case) -> str:
    return str(case.forms.get(OVERRIDE_WON, {}).get("reason") or "")


def rows(rules: Rulebook, case: Case) -> tuple[tuple[str, str], ...]:
    """How the stages stood that it passes, as the record tells them, and why all the same."""
    told = tuple(row for one in passed(rules, case) for row in stages.rows(rules, case, one))
    label, reason = say(rules.playbook.language, "override_label"), _reason(case)
    return (*told, (label, reason)) if reason else told


def missing(scene: Scene, rules: Rulebook, case: Case, remark: str = "") -> Notice:
    """Say what is missing to win it, as buttons that ask just that, or to say why all the same."""
    missed = [one for _, criteria in lacking(rules, case) for one in criteria]
    anyway = Button(
        scene.say("move_anyway"), free(scene.conversation.id, "start", OVERRIDE_WON, case.id)
    )
    buttons = (*_answering(scene, rules, case), anyway)
    text = "\n".join(filter(None, (remark, scene.say("missing_won", title=case.title))))
    return Notice(text, "warning", stages.unmet(scene, missed), buttons)


def _answering(scene: Scene, rules: Rulebook, case: Case) -> Iterator[Button]:
    for missed in lacking(rules, case):
        yield from stages.answering(scene, rules, case, missed, on_the_way=True)


def held(scene: Scene, rules: Rulebook, case: Case, moved: Case, remark: str = "") -> Turn | None:
    """What is missing before the case is moved on so; None where nothing is."""
    outcome = rules.playbook.steps[moved.step].outcome
    if outcome == WON and lacking(rules, case):
        return scene.notice(missing(scene, rules, case, remark))
    if not outcome and stages.lacks(rules, case, moved.stage):
        return stages.missing(scene, rules, case, remark)
    return None


def shown(scene: Scene, rules: Rulebook, case: Case) -> Notice:
    """What is missing still; with nothing, the form that wins it."""
    if lacking(rules, case):
        return missing(scene, rules, case)
    form = form_of(rules, case)
    if form is None:
        return Notice(scene.say("not_now", title=case.title), "warning")
    text = scene.say("may_be_won", title=case.title)
    return Notice(text, "good", buttons=(scene.starts(form, case.id),))


def excused(scene: Scene, rules: Rulebook, case: Case) -> Turn:
    """Somebody said why it is won although something is missing."""
    audit = AuditLine(scene.person.id, "override:won", case.id)
    told = scene.closing(shown(scene, rules, case))
    return replace(told, cases=(case,), audit=(audit,))
