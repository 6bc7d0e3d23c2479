"""Languages beyond English and German: what a playbook says in them and how people type in them.

Knows sentences by their key and typed words by the English ones they stand for; no date, no number.
They are one fact of the whole installation, like those two: `learn` sets them when its playbook is
opened. What a language does not say is said in English.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

OWN = ("en", "de")
"""What dealdesk speaks by itself, in the order in which both are said to strangers."""


@dataclass(frozen=True, slots=True)
class Translation:
    """One further language."""

    id: str
    """`fr`, or with its country `pt_BR`."""
    name: str
    """As its speakers call it; typed, it switches to it."""
    words: Mapping[str, str] = field(default_factory=dict)
    """dealdesk's own sentences, by key."""
    reads: Mapping[str, str] = field(default_factory=dict)
    """Typed words, each with the English word that it stands for."""


_LEARNT: dict[str, Translation] = {}
_READS: dict[str, str] = {}


def learn(translations: Iterable[Translation]) -> None:
    """Speak these languages from now on, and no others that were learnt before."""
    _LEARNT.clear()
    _READS.clear()
    for one in translations:
        _LEARNT[one.id] = one
        _READS.update({typed.casefold(): english for typed, english in one.reads.items()})


def speaks(language: str) -> bool:
    """Whether it is spoken at all, be it with one word only."""
    return language in OWN or language in _LEARNT


def languages() -> tuple[str, ...]:
    """All that are spoken."""
    return (*OWN, *_LEARNT)


def learnt(language: str) -> Translation | None:
    return _LEARNT.get(language)


def said(language: str, key: str) -> str:
    """The sentence in a further language; empty where it is left to English."""
    known = _LEARNT.get(language)
    return known.words.get(key, "") if known else ""


def each(key: str) -> Mapping[str, str]:
    """What stands under that key, by further language."""
    return {one.id: one.words[key] for one in _LEARNT.values() if key in one.words}


def in_english(typed: str) -> str:
    """The English for words typed as a whole in any further language; else as they are."""
    return _READS.get(typed, typed)


def chosen(typed: str) -> str:
    """The further language whose name or `language fr` was typed, in small letters; or nothing."""
    named = (
        one.id
        for one in _LEARNT.values()
        if typed in {one.name.casefold(), f"language {one.id.casefold()}"}
    )
    return next(named, "")
