"""A person's list of cases, as their conversation keeps it: what can be found without a case's row.

Knows steps; shows nothing.
"""

from dataclasses import replace

from dialogs.case import Case
from dialogs.library import Rulebook
from dialogs.turns import CaseRef, Conversation

KEPT_LOST = 20
"""Lost cases that can still be found and restored; older ones leave the list."""


def listed(conversation: Conversation, rules: Rulebook, case: Case) -> Conversation:
    """The owner's list of cases with this one as it stands now; ended ones leave it."""
    others = tuple(one for one in conversation.cases if one.id != case.id)
    step = rules.playbook.steps[case.step]
    if case.closed or not step.then:
        return replace(conversation, cases=others)
    ref = CaseRef(case.id, case.title, case.step, case.approval)
    cases = (*_without_old_lost(others, case.step if step.over else ""), ref)
    return replace(conversation, cases=cases)


def _without_old_lost(cases: tuple[CaseRef, ...], lost: str) -> tuple[CaseRef, ...]:
    """Room for one more that is lost."""
    there = [one for one in cases if one.step == lost]
    oldest = there[: max(0, len(there) + 1 - KEPT_LOST)] if lost else []
    return tuple(one for one in cases if one not in oldest)
