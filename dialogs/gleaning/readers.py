"""The ways a message is read for a question, each a function from what was told to answers.

The playbook names the way for each question. A reader yields all it hears; what of that can be
taken is `gleaner`'s to say.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from dialogs.gleaning import companies, days, figures, people, plans, tasks
from dialogs.gleaning.clauses import Clause
from dialogs.gleaning.cues import Cue, Ear
from dialogs.gleaning.hearing import NEAR_BEGIN, Heard, Hearing, options

FAR = 40
"""Characters between a word and its figure, at most."""
FENCE = 12
"""A comma between them counts like so many characters."""


Reader = Callable[[Hearing], Iterable[Heard]]


def figure(hearing: Hearing) -> Iterator[Heard]:
    """An amount, a share or hours beside the question's words, or after them as a label."""
    for clause in hearing.told:
        label = hearing.ear.labelled(clause)
        if label is not None:
            yield from hearing.parsed(label, clause.text)
        for typed, words in _claimed(hearing.question.kind.name, hearing, clause):
            yield from hearing.parsed(typed, words)


def mark(hearing: Hearing) -> Iterator[Heard]:
    """A mark such as `4/5`; one out of another number is none."""
    most = max(int(option.id) for option in hearing.question.kind.options())
    for clause in hearing.told:
        for typed, words in _claimed("scale", hearing, clause):
            given, *out_of = re.findall(r"\d+", typed)
            if out_of in ([], [str(most)]):
                yield from hearing.parsed(given, words)


def past(hearing: Hearing) -> Iterator[Heard]:
    """When it was: a day with a time, at the beginning or beside the question's words."""
    for clause in hearing.told:
        if clause.number < NEAR_BEGIN or hearing.ear.heard(clause):
            for day in days.days(hearing.before_task(clause)):
                if day.time:
                    words = clause.text[day.start : day.end]
                    yield from hearing.parsed(f"{day.words} {day.time}", words)


def named(hearing: Hearing) -> Iterator[Heard]:
    """People of a list after the question's words, or named beside them."""
    for clause in hearing.told:
        label = hearing.ear.labelled(clause)
        if label is not None:
            found = people.listed(label)
        elif hearing.ear.heard(clause):
            found = people.met(hearing.before_task(clause), hearing.ear.names_somebody)
        else:
            found = people.only_names(clause.text)
        if found:
            yield Heard(", ".join(found), clause.text)


def task(hearing: Hearing) -> Iterator[Heard]:
    for clause, begun, rest in _announced(hearing.told, [hearing.ear]):
        day = tasks.due(rest, list(days.days(rest)))
        words = tasks.task(begun, rest, day)
        if words:
            yield Heard(words, clause.text)


def due(hearing: Hearing) -> Iterator[Heard]:
    """The day in the clause that announces a task."""
    for _, _, rest in _announced(hearing.told, hearing.tasks):
        day = tasks.due(rest, list(days.days(rest)))
        if day is not None:
            yield from hearing.parsed(day.words, rest[day.start : day.end])


def company(hearing: Hearing) -> Iterator[Heard]:
    """The first company named, at the beginning or after the question's words."""
    for clause in hearing.told:
        label = hearing.ear.labelled(clause)
        early = clause.number < NEAR_BEGIN
        name = label or (companies.company(clause.text) if early else None)
        if name:
            yield Heard(name, name)
            return


def sentences(hearing: Hearing) -> Iterator[Heard]:
    for clause in hearing.told:
        label = hearing.ear.labelled(clause)
        if label or hearing.ear.heard(clause):
            yield Heard(label or clause.text, clause.text)


def denied(hearing: Hearing) -> Iterator[Heard]:
    """No, where one of the words that mean no is heard."""
    for clause in hearing.told:
        if hearing.ear.heard(clause):
            yield Heard(value=False, words=clause.text)


def whole(hearing: Hearing) -> Iterator[Heard]:
    """All that was said."""
    note = "\n".join(clause.text for clause in hearing.told)
    for clause in hearing.told[:1]:
        yield from hearing.parsed(note, clause.text)


READERS: Mapping[str, Reader] = {
    "figure": figure,
    "mark": mark,
    "past": past,
    "people": named,
    "task": task,
    "due": due,
    "company": company,
    "sentences": sentences,
    "options": options,
    "denied": denied,
    "all": whole,
    "coming": plans.coming,
    "somebody": plans.somebody,
    "option": plans.option,
    "after": plans.after,
    "day": plans.day,
    "demanded": plans.demanded,
}


def _announced(told: Sequence[Clause], ears: Sequence[Ear]) -> Iterator[tuple[Clause, str, str]]:
    """Clauses that announce a task, each with the announcement and what follows it."""
    for clause in told:
        cues = sorted((cue.start, cue.end) for ear in ears for cue in ear.heard(clause))
        if cues:
            start, end = cues[0]
            yield clause, clause.text[start:end], clause.text[end:].lstrip(" :\u2013-=")
        elif tasks.ordered(clause.text, list(days.days(clause.text))):
            yield clause, "", clause.text


def _claimed(kind: str, hearing: Hearing, clause: Clause) -> Iterator[tuple[str, str]]:
    """Figures of the clause that are nearer to this question's words than to any other's.

    Each with the words from the one to the other.
    """
    cues = hearing.ear.heard(clause)
    others = [cue for rival in hearing.rivals for cue in rival.heard(clause)]
    others += [Cue("", begin, end) for begin, end in figures.elsewhere(kind, clause.text)]
    for found in figures.figures(kind, clause.text) if cues else ():
        far, nearest = min(
            ((_distance(clause, cue, found), cue) for cue in cues), key=lambda one: one[0]
        )
        if far <= FAR and all(far < _distance(clause, cue, found) for cue in others):
            begin, end = min(nearest.start, found.start), max(nearest.end, found.end)
            yield found.words, clause.text[begin:end]


def _distance(clause: Clause, cue: Cue, found: figures.Figure) -> int:
    first, last = sorted([(cue.start, cue.end), (found.start, found.end)])
    between = clause.text[first[1] : last[0]]
    return len(between) + FENCE * (between.count(", ") + between.count(";"))
