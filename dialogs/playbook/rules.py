"""What must hold between the parts of a playbook, beyond the shape of each.

Each rule yields sentences that name the place and the remedy.
"""

from collections.abc import Iterator
from typing import Any

from dialogs.answers.texts import NAMED
from dialogs.phrases import meaning
from dialogs.playbook import approvals, schema
from dialogs.playbook.draft_rules import draft_faults
from dialogs.playbook.further import is_text
from dialogs.playbook.texts import NEW, Condition
from dialogs.playbook.values import BEFORE, Form, Playbook, Process, Question
from dialogs.translations import OWN


def faults(playbook: Playbook, table: schema.PlaybookTable) -> list[str]:
    """Return every broken rule as a sentence; an empty list is a sound playbook."""
    return [
        *_twins("form", [form.id for form in playbook.forms]),
        *_twins("stage", [stage.id for stage in playbook.stages]),
        *_twins("process", [process.id for process in playbook.processes]),
        *_twins("step", [one.id for process in playbook.processes for one in process.steps]),
        *_missing_texts(table.model_dump(by_alias=True), "playbook"),
        *(fault for form in playbook.forms for fault in _form_faults(form)),
        *(fault for process in playbook.processes for fault in _process_faults(process, playbook)),
        *_criteria_faults(playbook),
        *_team_faults(playbook),
        *_word_faults(playbook),
        *_decision_faults(playbook),
        *approvals.faults(playbook),
        *_quiet_faults(playbook),
        *_figure_faults(playbook),
        *draft_faults(playbook),
    ]


def _twins(what: str, ids: list[str], where: str = "") -> Iterator[str]:
    for twin in sorted({one for one in ids if ids.count(one) > 1}):
        yield f"{where}{what} {twin} is there twice: give one of them another id"


def _missing_texts(node: Any, place: str) -> Iterator[str]:
    """A text must be there in English and German; what else is said of it is `further`'s."""
    if isinstance(node, dict):
        if is_text(node):
            for language in OWN:
                if not node.get(language):
                    yield f"{place}: the text for {language!r} is missing"
            return
        for key, value in node.items():
            yield from _missing_texts(value, f"{place}, {key}")
    elif isinstance(node, list | tuple):
        for number, value in enumerate(node, start=1):
            name = value.get("id", number) if isinstance(value, dict) else number
            yield from _missing_texts(value, f"{place} {name}")


def _form_faults(form: Form) -> Iterator[str]:
    where = f"form {form.id}, "
    yield from _errand_faults(form)
    yield from _twins("question", [question.id for question in form.questions], where)
    seen: dict[str, Question] = {}
    for question in form.questions:
        for condition in question.when:
            if condition.question not in seen:
                yield (
                    f"{where}question {question.id}: its condition asks for "
                    f"{condition.question!r}, which is no earlier question of this form"
                )
            elif not _can_hold(condition, seen[condition.question]):
                yield (
                    f"{where}question {question.id}: {condition.value!r} is no option of "
                    f"question {condition.question}"
                )
        if question.id in {"review", "done", "cancelled"}:
            yield f"{where}question {question.id}: the name is the engine's own, choose another"
        seen[question.id] = question
    yield from _sum_faults(form, seen)
    yield from _offer_faults(form)


def _offer_faults(form: Form) -> Iterator[str]:
    for one in form.questions:
        if one.offered and one.kind.name != "yes_no":
            where = f"form {form.id}, question {one.id}"
            yield f"{where}: `offered` answers yes: give it to one of yes and no"


def _errand_faults(form: Form) -> Iterator[str]:
    """A form about a task says what it does, and asks for the day that this needs."""
    if (form.opens == "task") != (form.errand is not None):
        yield f'form {form.id}: `opens = "task"` and `errand` go together: write both or none'
    asked = {one.crm for one in form.questions if not one.optional and not one.when}
    if form.errand in {"complete", "reschedule"} and "task.day" not in asked:
        yield (
            f"form {form.id}: to {form.errand} a task it needs a question of kind date with "
            '`crm = "task.day"` that is always asked'
        )


def _can_hold(condition: Condition, question: Question) -> bool:
    """Whether any answer can be what the condition asks for."""
    if condition.test == "has" and question.kind.name in NAMED:
        return condition.value == NEW
    if condition.test == "has":
        return question.kind.name == "multi_choice" and condition.value in _ids(question)
    if condition.test == "is" and question.kind.name == "choice":
        return condition.value in _ids(question)
    if condition.test == "is" and question.kind.name == "yes_no":
        return isinstance(condition.value, bool)
    return True


def _sum_faults(form: Form, questions: dict[str, Question]) -> Iterator[str]:
    for figure in form.sums:
        if figure.over not in questions:
            yield f"form {form.id}, sum {figure.id}: there is no question {figure.over!r}"
            continue
        for option in _ids(questions[figure.over]):
            for factor in figure.factors:
                if f"{figure.over}_{option}_{factor}" not in questions:
                    yield (
                        f"form {form.id}, sum {figure.id}: question {figure.over} has no "
                        f"for_each {factor!r}"
                    )
                    return


def _ids(question: Question) -> set[str]:
    return {option.id for option in question.kind.options()}


def _process_faults(process: Process, playbook: Playbook) -> Iterator[str]:
    stages = {stage.id for stage in playbook.stages}
    for step in process.steps:
        where = f"process {process.id}, step {step.id}"
        for happening, target in step.then.items():
            if target not in playbook.steps and target != BEFORE:
                yield f"{where}: {happening} leads to {target!r}, which is no step of any process"
        if step.stage is not None and step.stage not in stages:
            yield f"{where}: there is no stage {step.stage!r}"
        elif step.stage is not None and playbook.stage_by_id[step.stage].team:
            yield (
                f"{where}: stage {step.stage!r} is of one team only: name the stage of all here, "
                "and that one in the other's `instead_of`"
            )
        if step.form is not None and step.form not in playbook.form_by_id:
            yield f"{where}: there is no form {step.form!r}"


def _team_faults(playbook: Playbook) -> Iterator[str]:
    teams = {one.name for one in playbook.teams}
    for stage in playbook.stages:
        if stage.team and stage.team not in teams:
            yield f"stage {stage.id}: there is no team {stage.team!r}: declare it with [[team]]"
        replaced = playbook.stage_by_id.get(stage.instead_of)
        if stage.instead_of and (not stage.team or replaced is None or replaced.team):
            yield (
                f"stage {stage.id}: `instead_of` names a stage of all, for the `team` whose stage "
                "takes its place: write both"
            )


def _criteria_faults(playbook: Playbook) -> Iterator[str]:
    for stage in playbook.stages:
        where = f"stage {stage.id}, "
        yield from _twins("criterion", [one.id for one in stage.criteria], where)
        for criterion in stage.criteria:
            for language in OWN:
                if not criterion.text.by_language.get(language):
                    yield f"{where}criterion {criterion.id}: the text for {language!r} is missing"
            form, question = criterion.met_by or ("", "")
            known = playbook.form_by_id.get(form)
            if criterion.met_by and (known is None or known.question(question) is None):
                yield f"{where}criterion {criterion.id}: there is no question {form}.{question}"


def _word_faults(playbook: Playbook) -> Iterator[str]:
    owner: dict[str, str] = {}
    for form in playbook.forms:
        for words in form.words.values():
            for word in words:
                other = owner.setdefault(word.casefold(), form.id)
                if other != form.id:
                    yield f"form {form.id}: the word {word!r} already starts form {other}"
                if meaning(word) is not None:
                    yield f"form {form.id}: the word {word!r} is the desk's own, choose another"


def _decision_faults(playbook: Playbook) -> Iterator[str]:
    rule = playbook.decision
    if not any(step.id == rule.step for process in playbook.processes for step in process.steps):
        yield f"decision: there is no step {rule.step!r} in any process"
    form = playbook.form_by_id.get(rule.form)
    if form is None:
        yield f"decision: there is no form {rule.form!r}"
        return
    verdict = form.question("verdict")
    if verdict is None or not {"approved", "rejected"} <= _ids(verdict):
        yield (
            f"decision: form {rule.form} needs a question `verdict` of kind choice with the "
            "options approved and rejected"
        )
    known = {question.id for one in playbook.forms for question in one.questions}
    for question_id in rule.card:
        if question_id not in known:
            yield f"decision, card: there is no question {question_id!r} in any form"
    for fact in rule.fields:
        if fact not in playbook.labels:
            yield f"decision: field {fact} needs a label under [decision.labels]"


def _quiet_faults(playbook: Playbook) -> Iterator[str]:
    quiet = playbook.quiet
    if quiet.begins >= quiet.ends:
        yield "quiet: work_ends has to be later on the same day than work_begins"
    elif not quiet.begins < quiet.tonight < quiet.ends:
        yield "quiet: tonight has to lie between work_begins and work_ends, or nobody hears it"


def _figure_faults(playbook: Playbook) -> Iterator[str]:
    rules = playbook.figures
    steps = {step.id for process in playbook.processes for step in process.steps}
    known = {question.id for form in playbook.forms for question in form.questions}
    named = {"contact": rules.contact, "inquiry": rules.inquiry, "round": rules.round}
    for key, name in named.items():
        if name and name not in steps | set(playbook.form_by_id):
            yield f"figures, {key}: there is no form and no step {name!r}: name one of them"
    asked = [condition.question for condition in rules.contact_when]
    for question_id in (*rules.hours, *rules.travel, *asked):
        if question_id not in known:
            yield f"figures: there is no question {question_id!r} in any form"
    for fact in rules.fields:
        if fact not in rules.labels:
            yield f"figures: field {fact} needs a label under [figures.labels]"
