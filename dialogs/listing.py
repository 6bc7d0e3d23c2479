"""The owner's list of open cases, kept with their conversation."""

from dataclasses import replace

from dialogs.case import Case
from dialogs.library import Rulebook
from dialogs.turns import CaseRef, Conversation


def listed(conversation: Conversation, rules: Rulebook, case: Case) -> Conversation:
    """The list with this case as it stands now; ended ones leave it."""
    others = tuple(one for one in conversation.cases if one.id != case.id)
    if not rules.playbook.steps[case.step].then:
        return replace(conversation, cases=others)
    return replace(
        conversation, cases=(*others, CaseRef(case.id, case.title, case.step, case.approval))
    )
