"""Fills the questions of a form from one message, each answer with the words it came from.

A question says in the playbook what it listens for. What can't be told for certain is left empty:
a wrong value is worse than none. Knows no conversation and asks nobody.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dialogs.answers import Moment
from dialogs.crm import JsonScalar, JsonTable, JsonValue
from dialogs.gleaning.clauses import Clause, clauses
from dialogs.gleaning.cues import Ear, ear
from dialogs.gleaning.hearing import Heard, Hearing, option_ear
from dialogs.gleaning.readers import READERS
from dialogs.playbook import Form, Question

GAP = " … "
"""Between words from different places of the message."""


@dataclass(frozen=True, slots=True)
class Gleaned:
    """An answer found in a message."""

    question: str
    value: JsonValue
    """As the question's kind stores it; of a customer, the name to look up."""
    words: str
    """The words of the message it was understood from."""
    implied: bool = False
    """Not said, but whatever was said makes it so."""


class Gleaner:
    """Reads messages for the questions of one form."""

    def __init__(self, form: Form, others: Iterable[Form] = ()) -> None:
        """Prepare the ears of its questions.

        Args:
            form: The form to fill.
            others: Forms whose questions may be answered in the same message: what belongs to
                them is not taken for this one's.
        """
        self._form = form
        self._listening = tuple(one for one in form.questions if one.listening)
        self._ears: Mapping[str, Ear] = dict(_ears(self._listening))
        besides = (
            one for other in others if other is not form for one in other.questions if one.listen
        )
        self._besides = tuple((one.kind.name, ear(one.id, one.listen)) for one in besides)

    def glean(self, note: str, moment: Moment) -> tuple[Gleaned, ...]:
        """What the note answers, in the order of the form."""
        told = clauses(note)
        hearings = (self._hearing(question, told, moment) for question in self._listening)
        found = [one for hearing in hearings for one in _agreed(hearing.question, _heard(hearing))]
        return self._consistent({one.question: one for one in found})

    def _hearing(self, question: Question, told: Sequence[Clause], moment: Moment) -> Hearing:
        kind = question.kind.name
        same = (one for one in self._listening if one.kind.name == kind)
        besides = (heard for name, heard in self._besides if name == kind)
        return Hearing(
            question=question,
            told=told,
            moment=moment,
            ears=self._ears,
            rivals=[*(self._ears[one.id] for one in same if one is not question), *besides],
            tasks=[self._ears[one.id] for one in self._listening if one.listening == "task"],
        )

    def _consistent(self, found: Mapping[str, Gleaned]) -> tuple[Gleaned, ...]:
        """With what the answers imply, and without what they exclude."""
        implied = list(self._implied(found))
        known = {**dict(reversed(implied)), **found}
        answers = {name: one.value for name, one in known.items()}
        order = (one for one in self._form.questions if one.id in known)
        return tuple(known[one.id] for one in order if one.asked(answers))

    def _implied(self, found: Mapping[str, Gleaned]) -> Iterator[tuple[str, Gleaned]]:
        """Who was there says that it took place; all that was said, by itself, does not."""
        for question in self._listening:
            if question.id in found and question.listening != "all":
                words = found[question.id].words
                for one in question.when:
                    if one.test == "is":
                        yield one.question, Gleaned(one.question, one.value, words, implied=True)


def _ears(questions: Sequence[Question]) -> Iterator[tuple[str, Ear]]:
    for question in questions:
        yield question.id, ear(question.id, question.listen)
        for option in question.kind.options() if question.listening.startswith("option") else ():
            name = option_ear(question.id, option.id)
            yield name, ear(name, (*option.text.values(), *option.also))


def _heard(hearing: Hearing) -> list[Heard]:
    return list(READERS[hearing.question.listening](hearing))


def _agreed(question: Question, heard: Sequence[Heard]) -> Iterator[Gleaned]:
    """One answer of those heard: lists and texts together, else the one that all agree on."""
    if not heard:
        return
    words = GAP.join(dict.fromkeys(one.words for one in heard))
    match question.listening:
        case "options" | "demanded":
            ticked = [name for one in heard for name in _list(one.value)]
            yield Gleaned(question.id, ticked, words)
        case "people":
            names = dict.fromkeys(name for one in heard for name in str(one.value).split(", "))
            yield Gleaned(question.id, ", ".join(names), words)
        case "sentences" | "task":
            yield Gleaned(question.id, "; ".join(str(one.value) for one in heard), words)
        case _ if all(one.value == heard[0].value for one in heard):
            yield Gleaned(question.id, heard[0].value, words)
        case _:
            return


def _list(value: JsonValue) -> list[JsonScalar | JsonTable]:
    if isinstance(value, dict):
        return []
    return list(value) if isinstance(value, list) else [value]
