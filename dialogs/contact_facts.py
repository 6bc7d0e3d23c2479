"""How somebody new at the customer's is reached, as far as the lead has said it: not asked again.

Knows the playbook's `crm` targets, and no chat.
"""

from dataclasses import replace

from dialogs.answers.hygiene import fold
from dialogs.case import Case
from dialogs.crm import JsonValue
from dialogs.flow import Dialogue
from dialogs.playbook import Playbook, Question
from dialogs.scene import Scene

NAME = "contact_name"
SAME = {"contact.email": "email_from", "contact.phone": "phone"}
"""What is asked of a contact, and where a lead keeps it."""


def known(scene: Scene, dialogue: Dialogue, question: Question, value: JsonValue) -> Dialogue:
    """The dialogue with what the lead has of this contact, and nothing of another one."""
    if value == dialogue.answers.get(question.id):
        return dialogue
    asked = {one.id: one.crm for one in scene.form(dialogue).questions if one.crm in SAME}
    others = {name: one for name, one in dialogue.answers.items() if name not in asked}
    case = scene.facts.cases.get(dialogue.subject)
    told = _told(scene.rules(dialogue).playbook, case) if case else {}
    named = str(value["name"]) if isinstance(value, dict) and not value.get("id") else ""
    if not named or fold(named) != fold(told.get(NAME, "")):
        return replace(dialogue, answers=others)
    facts = {name: told[SAME[crm]] for name, crm in asked.items() if crm and SAME[crm] in told}
    return replace(dialogue, answers={**others, **facts})


def _told(playbook: Playbook, case: Case) -> dict[str, str]:
    """What the case's forms have said to the opportunity itself about whoever asks."""
    wanted = {NAME, *SAME.values()}
    return {
        question.crm: str(case.forms[form.id][question.id])
        for form in playbook.forms
        if form.id in case.forms
        for question in form.questions
        if question.crm in wanted and case.forms[form.id].get(question.id)
    }
