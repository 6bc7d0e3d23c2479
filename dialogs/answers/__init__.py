"""The kinds of answer: how typed words are understood, refused, stored and shown back.

Pure: what "tomorrow" means comes in with the `Moment`. The playbook makes kinds by `kind_from`.
"""

from dialogs.answers.kinds import kind_from
from dialogs.answers.refusals import say
from dialogs.answers.values import (
    Kind,
    Moment,
    Option,
    Refusal,
    Suggestions,
    Understood,
)
from dialogs.crm import JsonValue

__all__ = [
    "JsonValue",
    "Kind",
    "Moment",
    "Option",
    "Refusal",
    "Suggestions",
    "Understood",
    "kind_from",
    "say",
]
