"""Texts of a playbook in its languages, and facts about answers that forms depend on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from dialogs.crm import JsonValue

Answers = Mapping[str, JsonValue]
"""Answers by question id; None is a question that was passed over on purpose."""


NEW = "new"
"""What a condition calls a contact, an opportunity, a customer that the CRM does not have yet."""


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the playbook in each of its languages."""

    by_language: Mapping[str, str]

    def of(self, language: str) -> str:
        """Return the text in that language, or in English; one without either is a fault."""
        return self.by_language.get(language) or self.by_language.get("en", "")


@dataclass(frozen=True, slots=True)
class Condition:
    """One fact about an earlier answer. A question is asked when all its conditions hold."""

    question: str
    test: Literal["is", "has", "answered"]
    value: JsonValue = None

    def holds(self, answers: Answers) -> bool:
        answer = answers.get(self.question)
        if self.test == "answered":
            return (answer is not None) is bool(self.value)
        if self.test == "has" and isinstance(answer, dict):
            return self.value == NEW and answer.get("id") is None
        if self.test == "has":
            return isinstance(answer, list) and self.value in answer
        return answer == self.value
