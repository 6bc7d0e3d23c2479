"""The words that announce an answer, as the playbook lists them, found in a clause."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from dialogs.gleaning.clauses import Clause

_ENDINGS = "(?:e|en|er|es|em|s|n|ern)?"
"""A German word may end so and still be the word."""


_BESIDE = frozenset({"mit", "with", "w/"})
_NAME_NEXT = re.compile(
    r"\s*(?:(?:dem|der|den|our|the|their|his|her|unserem|ihrem|beiden)\s+)*(?:[^\W\dA-Z]+\s+){0,2}?"
    r"(?:(?-i:[A-ZÄÖÜİŞ])|(?:herrn?|frau|hr|fr|mr|mrs|ms|mister|dr)\b)",
    re.IGNORECASE,
)
_LABEL = re.compile(r"\s*[:=]|\s+[-\u2013\u2192]\s+|\s+(?=[\d.,' ]+$)")
"""A colon, a dash between spaces, or nothing but a figure to come: `Budget 66.000`."""


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

    def names_somebody(self, text: str) -> bool:
        """As `sounds`; but `with` counts only right before a name: not `with a budget of`."""
        cues = self.pattern.finditer(text)
        return any(
            one[0].casefold() not in _BESIDE or _NAME_NEXT.match(text, one.end()) for one in cues
        )

    def labelled(self, clause: Clause) -> str | None:
        """What follows when the clause begins with the word as a label: `Budget: 50 k`."""
        begun = self.pattern.match(clause.text)
        return _after_mark(clause.text[begun.end() :]) if begun else None


def _after_mark(rest: str) -> str | None:
    marked = _LABEL.match(rest)
    return rest[marked.end() :].strip(" .") if marked else None


def ear(question: str, words: Iterable[str]) -> Ear:
    """Make the ear of a question; longer words are heard first."""
    longest = sorted({word.strip() for word in words if word.strip()}, key=len, reverse=True)
    either = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in longest)
    return Ear(question, re.compile(rf"(?<!\w)(?:{either}){_ENDINGS}(?!\w)", re.IGNORECASE))
