"""The words that announce an answer, as the playbook lists them, found in a clause."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.gleaning.clauses import Clause

_ENDINGS = "(?:e|en|er|es|em|s|n|ern)?"
"""A German word may end so and still be the word."""


@dataclass(frozen=True, slots=True)
class Cue:
    """Where a question's word stands in a clause."""

    question: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Ear:
    """Hears the words of one question."""

    question: str
    pattern: re.Pattern[str]

    def heard(self, clause: Clause) -> list[Cue]:
        found = self.pattern.finditer(clause.text)
        return [Cue(self.question, one.start(), one.end()) for one in found]

    def sounds(self, text: str) -> bool:
        return self.pattern.search(text) is not None

    def labelled(self, clause: Clause) -> str | None:
        """What follows when the clause begins with the word as a label: `Budget: 50 k`."""
        begun = self.pattern.match(clause.text)
        rest = clause.text[begun.end() :].lstrip() if begun else ""
        return rest[1:].strip(" .") if rest[:1] in {":", "="} else None


def ear(question: str, words: Iterable[str]) -> Ear:
    """Make the ear of a question; longer words are heard first."""
    longest = sorted({word.strip() for word in words if word.strip()}, key=len, reverse=True)
    either = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)
    return Ear(question, re.compile(rf"(?<!\w)(?:{either}){_ENDINGS}(?!\w)", re.IGNORECASE))
