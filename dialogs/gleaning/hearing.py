"""A message being read for one question, and what every way to listen needs for it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from dialogs.answers import Moment, Understood
from dialogs.answers.words import listed
from dialogs.crm import JsonValue
from dialogs.gleaning import days, tasks
from dialogs.gleaning.clauses import Clause
from dialogs.gleaning.cues import Cue, Ear
from dialogs.playbook import Question

NEAR_BEGIN = 2
"""Clauses at the beginning of a note in which a past day is the day of the meeting."""
LOOK_BACK = 3
"""Words before an option in which it is denied."""
NEGATIONS = listed(
    "no not none without isn't aren't kein keine keinen keinem keiner nicht ohne never nie weder",
)


@dataclass(frozen=True, slots=True)
class Heard:
    """An answer, and the clause it was heard in."""

    value: JsonValue
    words: str


@dataclass(frozen=True, slots=True)
class Hearing:
    """A message being read for one question."""

    question: Question
    told: Sequence[Clause]
    moment: Moment
    ears: Mapping[str, Ear]
    """By question id, and by question and option id."""
    rivals: Sequence[Ear]
    """Of the questions that listen for the same kind of figure."""
    tasks: Sequence[Ear]
    """Of the questions that listen for a task."""

    @property
    def ear(self) -> Ear:
        return self.ears[self.question.id]

    def parsed(self, typed: str, words: str) -> Iterator[Heard]:
        understood = self.question.kind.parse(typed, self.moment)
        if isinstance(understood, Understood):
            yield Heard(understood.value, words.strip())

    def before_task(self, clause: Clause) -> str:
        """The clause up to where it begins to say what is to be done."""
        if tasks.ordered(clause.text, list(days.days(clause.text))):
            return ""
        cues = [cue.start for one in self.tasks for cue in one.heard(clause)]
        return clause.text[: min(cues, default=len(clause.text))]


def options(hearing: Hearing) -> Iterator[Heard]:
    """Options that are named and not denied in the same breath."""
    for option in hearing.question.kind.options():
        ear = hearing.ears[option_ear(hearing.question.id, option.id)]
        for clause in hearing.told:
            if any(not _denied(clause, cue) for cue in ear.heard(clause)):
                yield Heard([option.id], clause.text)
                break


def option_ear(question: str, option: str) -> str:
    """The name of an option's ear."""
    return f"{question}·{option}"


def _denied(clause: Clause, cue: Cue) -> bool:
    before = clause.text[: cue.start].casefold().split()[-LOOK_BACK:]
    after = clause.text[cue.end :].casefold().lstrip(" :\u2013-=").split()[:1]
    return not NEGATIONS.isdisjoint([*before, *after])
