"""Answers that begin as a draft: a text of the playbook with its gaps filled from a record.

What the form itself has asked fills gaps too. A line with a gap that nothing fills is left out, so
that no draft has holes; only `{contact}` may stay empty in its line. What somebody has changed is
never drafted again.
"""

import re
from collections.abc import Mapping
from dataclasses import replace

from dialogs.case import Case
from dialogs.crm import JsonValue
from dialogs.flow import Dialogue
from dialogs.people import Person
from dialogs.playbook import Form, Playbook, Question
from dialogs.playbook.draft_rules import gaps
from dialogs.scene import Scene

Answers = Mapping[str, JsonValue]
MOST = 2900  # characters of a draft: a chat message has to hold it


def drafted(scene: Scene, form: Form, case: Case, answers: Answers) -> dict[str, JsonValue]:
    """The answers with a draft for each question that has one."""
    playbook = scene.library.of(case.playbook).playbook
    drafts = {one.id: _draft(playbook, form, case, scene.person, one, answers) for one in _of(form)}
    return {**answers, **drafts}


def redrafted(scene: Scene, before: Dialogue, after: Dialogue) -> Dialogue:
    """The dialogue after an answer: drafts that nobody has touched follow what was answered."""
    form = scene.form(after)
    case = scene.facts.cases.get(after.subject)
    if case is None or not any(_of(form)) or before.answers == after.answers:
        return after
    old = drafted(scene, form, case, before.answers)
    new = drafted(scene, form, case, after.answers)
    untouched = {
        one.id: new[one.id]
        for one in _of(form)
        if before.answers.get(one.id) == after.answers.get(one.id) == old[one.id]
    }
    return replace(after, answers={**after.answers, **untouched})


def language_of(form: Form, answers: Answers, otherwise: str) -> str:
    """The language in which the customer is written to."""
    asked = next((one.id for one in form.questions if one.crm == "mail.language"), "")
    return str(answers.get(asked) or otherwise)


def _of(form: Form) -> list[Question]:
    return [one for one in form.questions if one.draft is not None]


def _draft(  # noqa: PLR0917 - what a draft is made of
    playbook: Playbook, form: Form, case: Case, writer: Person, question: Question, answers: Answers
) -> str:
    assert question.draft is not None
    language = language_of(form, answers, writer.language)
    known = _known(playbook, form, case, language)
    known |= _told(playbook, form, answers, language)
    known |= {"me": writer.name, "contact": _contact(form, answers)}
    lines = (_filled(line, known) for line in question.draft.of(language).splitlines())
    text = "\n".join(line for line in lines if line is not None)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    return text if len(text) <= MOST else f"{text[: MOST - 1]}…"


def _known(playbook: Playbook, form: Form, case: Case, language: str) -> dict[str, str]:
    about = playbook.form_by_id.get(form.about)
    record = case.forms.get(form.about, {})
    told = {
        one.id: one.kind.show(record[one.id], language, playbook.currency)
        for one in (about.questions if about else ())
        if record.get(one.id) is not None and not one.internal
    }
    customer = case.customer.name if case.customer else case.title
    return {**told, "customer": customer, "company": playbook.company}


def _told(playbook: Playbook, form: Form, answers: Answers, language: str) -> dict[str, str]:
    """What the form itself has asked, beside its drafts."""
    return {
        one.id: one.kind.show(answers[one.id], language, playbook.currency)
        for one in form.questions
        if one.draft is None and not one.internal and answers.get(one.id) is not None
    }


def _contact(form: Form, answers: Answers) -> str:
    asked = next((one.id for one in form.questions if one.crm == "mail.to"), "")
    value = answers.get(asked)
    return str(value.get("name") or "") if isinstance(value, dict) else ""


def _filled(line: str, known: Mapping[str, str]) -> str | None:
    named = gaps(line)
    if any(not known.get(gap) for gap in named if gap != "contact"):
        return None
    text = line.format_map({gap: known.get(gap, "") for gap in named})
    return re.sub(r" +([,.!])", r"\1", text) if "contact" in named else text
