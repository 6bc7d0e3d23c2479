"""What a message says of something to come: when, with whom, for how long, and what to quote.

Ways to listen, like those of `readers`, for questions about an appointment or an inquiry.
"""

import re
from collections.abc import Iterator
from datetime import datetime, timedelta

from dialogs.gleaning import days, people, tasks
from dialogs.gleaning.hearing import NEAR_BEGIN, Heard, Hearing, options

SOON = timedelta(days=270)
_END = re.compile(r"[,;(]|\s[-\u2013]\s|\.\s")
_PAST = re.compile(
    r"(?<!\w)(?:was|were|had|met|visited|thanks|thank you"
    r"|war|waren|hatten?|danke|traf|besucht)(?!\w)",
    re.IGNORECASE,
)
"""A clause with one of these tells what has been."""
_BETWEEN = re.compile(r",\s+|;\s*|\s+(?:and|und)\s+(?=\d|our\b|the\b|unser|das\b|ein)")
_PRICED = re.compile(r"^\d[\d.,]*\s+[^\W\d_].*\s(?:at|à|á|je|zu|für|@)\s+\d", re.IGNORECASE)
"""Beside a line that is one for sure: `5 days training at 950`."""
_DEMANDED = re.compile(r"^\d[\d.,]*\s*[x\u00d7]\s", re.IGNORECASE)


def coming(hearing: Hearing) -> Iterator[Heard]:
    """When it will be: a day with a time, at the beginning or beside the question's words."""
    for clause in hearing.told:
        near = clause.number < NEAR_BEGIN or hearing.ear.heard(clause)
        if near and not _PAST.search(clause.text):
            for day in days.days(clause.text):
                if day.time:
                    words = clause.text[day.start : day.end]
                    found = hearing.parsed(f"{day.words} {day.time}", words)
                    yield from (one for one in found if _soon(hearing, one))


def _soon(hearing: Hearing, heard: Heard) -> bool:
    """A day without a year that has just been is not meant a year on."""
    return datetime.fromisoformat(str(heard.value)) - hearing.moment.now < SOON


def somebody(hearing: Hearing) -> Iterator[Heard]:
    """The one person who is named beside the question's words."""
    for clause in hearing.told:
        label = hearing.ear.labelled(clause)
        if label is not None:
            found = people.listed(label)
        elif hearing.ear.heard(clause):
            found = people.met(clause.text, hearing.ear.names_somebody)
        else:
            continue
        for name in found:
            yield Heard(name, clause.text)


def option(hearing: Hearing) -> Iterator[Heard]:
    """The one option that is named and not denied."""
    for heard in options(hearing):
        for name in heard.value if isinstance(heard.value, list) else ():
            if isinstance(name, str):
                yield Heard(name, heard.words)


def after(hearing: Hearing) -> Iterator[Heard]:
    """What follows the question's words, up to the next comma, bracket or day."""
    for clause in hearing.told:
        for cue in hearing.ear.heard(clause)[:1]:
            rest = clause.text[cue.end :].lstrip(" :=\u2013-")
            stops = [one.start() for one in _END.finditer(rest)]
            stops += [day.start for day in days.days(rest)]
            said = rest[: min(stops, default=len(rest))].strip(" .,:")
            if said:
                yield from hearing.parsed(said, clause.text[cue.start :])


def day(hearing: Hearing) -> Iterator[Heard]:
    """The day behind the question's words."""
    for clause in hearing.told:
        for cue in hearing.ear.heard(clause)[:1]:
            rest = clause.text[cue.end :]
            due = tasks.due(rest, list(days.days(rest)))
            if due is not None:
                yield from hearing.parsed(due.words, clause.text[cue.start :])


def demanded(hearing: Hearing) -> Iterator[Heard]:
    """What is to be quoted: behind the question's words, or a line such as `3 x Welding robot`."""
    for clause in hearing.told:
        label = hearing.ear.labelled(clause)
        cues = hearing.ear.heard(clause)
        said = label or (clause.text[cues[0].end :].lstrip() if cues else clause.text)
        parts = _BETWEEN.split(said)
        sure = any(map(_DEMANDED.match, parts))
        for part in parts:
            if _DEMANDED.match(part) or (sure and _PRICED.match(part)):
                yield from hearing.parsed(part.strip(" ."), clause.text)
