"""Cuts a note into clauses: what one sentence, line or bullet says. Knows no question."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_SHORT = (
    r"Gebr|Fa|hr|fr|dr|Dr|Prof|Hr|Fr|Mr|Mrs|Ms|St|ca|approx"
    r"|z\. ?B|e\. ?g|i\. ?e|d\. ?h|u\. ?a|Tsd|Mio|Mrd|Std|Nr|No"
    r"|inkl|incl|evtl|ggf|bzw|Jan|Feb|Apr|Jun|Jul|Aug|Sep|Sept|Okt|Oct|Nov|Dez|Dec"
    r"|Mo|Di|Mi|Do|Sa|So|Mon|Tue|Wed|Thu|Fri|Sat|Sun|Co|Inc|Ltd|Corp|vs|resp|max|min"
)
_MONTHS = "Jan|Feb|Mär|Apr|Mai|Jun|Jul|Aug|Sep|Okt|Nov|Dez"
_STOPS = (
    r"(?<!\d)(?<!\b[A-Z])[.!?]+",
    r"(?<=\d{3})[.!?]+",
    rf"(?<=\d[.,/]\d)\.(?=\s+[A-ZÄÖÜ][a-zäöü])(?!\s+(?:{_MONTHS}))",
    r"(?<=[/,]\d\d)\.(?=\s+[A-ZÄÖÜ])",
    r"(?<=\d)[!?]+",
)
_END = re.compile(rf"(?:{'|'.join(_STOPS)})(?=\s|$)|\s*\n+\s*")
_SHORTENED = re.compile(rf"\b(?:{_SHORT})$")
_BULLET = re.compile(r"^[^\w€$£(\"'+@→➡]+")
"""Dashes, dots, pictures before a line; an arrow announces a task."""


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of the note that says one thing."""

    text: str
    number: int
    """Its place in the note, from 0."""


def clauses(note: str) -> tuple[Clause, ...]:
    """Cut at ends of sentences and lines; `24.12.` and `Dr.` end nothing."""
    parts = (_BULLET.sub("", part).strip() for part in _parts(note))
    return tuple(Clause(part, number) for number, part in enumerate(filter(None, parts)))


def _parts(note: str) -> Iterator[str]:
    begin = 0
    for end in _END.finditer(note):
        if end[0].startswith(".") and _SHORTENED.search(note[begin : end.start()]):
            continue
        yield note[begin : end.start()]
        begin = end.end()
    yield note[begin:]
