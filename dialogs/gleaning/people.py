"""Names of people in a clause: with a form of address, with a known first name, or in a list.

A name without any of these could be a company or a German noun, and is left alone.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from importlib.resources import files

from dialogs.answers.words import listed as words

_UPPER, _LOWER = "A-ZÄÖÜÉÀÁØŠŽĆČÇİŞ", "a-zäöüßéèêáàâóòôíìúùñçøåæšžćčłśźşğ\u0131"
_WORD = rf"(?:O['\u2019])?[{_UPPER}][{_LOWER}]+(?:['\u2019\-][{_UPPER}][{_LOWER}]+)*"
_PARTICLE = r"(?:von der|van der|van den|von|van|de la|de|zu|der|den|di|da|del|al|O['\u2019])"
_TITLE = r"(?:(?:Prof|Dr|Dipl|Ing|h\.c)\.?(?:-Ing\.?)?\s+)"
_ADDRESS = r"(?:Herrn?|Frau|Hr\.|Fr\.|Mr\.?|Mrs\.?|Ms\.?|Miss)"
_TYPED_SMALL = re.compile(
    r"(?<!\w)(?:herrn?|frau|hr\.?|fr\.|mr\.?|mrs\.?|ms\.?|mister)\s+(?:dr\.?\s+)?"
    r"(?P<name>[^\W\d_]{4,}(?:-[^\W\d_]+)*)(?!\w)"
)
"""As dictation and hurry write it; one word of four letters or more."""
_ADDRESSED = re.compile(rf"^(?:{_ADDRESS}\s+)?(?:{_TITLE})*", re.IGNORECASE)
_LAST = rf"(?:{_PARTICLE}\s+)?{_WORD}"
_POLITE = re.compile(
    rf"(?<!\w)(?:(?P<address>{_ADDRESS})\s+{_TITLE}*|{_TITLE}+)(?P<name>(?:{_WORD}\s+)?{_LAST})(?!\w)"
)
_CAPITAL = re.compile(rf"(?<![\w-]){_WORD}(?![\w-])")
_REST = re.compile(
    rf"(?:\s+[A-Z]\.)?\s+(?:{_WORD}|{_PARTICLE}\s+{_WORD}(?!\s+[{_UPPER}]))"
    rf"(?:\s+{_WORD}(?=\s+(?:and|und)\b))?(?!\w)"
)
"""`Lea von Brandt` is a name, `Lea von Brandt Elektronik` is Lea from a company."""
_FIRM = re.compile(
    r"\s+(?:(?:&\s+\w+\s+)?(?:GmbH|AG|SE|KG|OHG|UG|Ltd|Inc|LLC|Corp|plc|PLC|Group|Gruppe|Holding|S\.A|B\.V)"
    r"|& (?:Sohn|Söhne|Co|Partner|Sons))"
)
_PARTS = re.compile(r"\s*(?:,|;|&|\+|/|\bund\b|\band\b|\bsowie\b)\s*")
_BREAK = re.compile(r"[,;:]|\s[-\u2013]\s")
_BRACKETS = re.compile(r"\([^)]*\)")
_ROLE = re.compile(r"\s*\([^)]*\)|\s+[-\u2013]\s+.*$|\s+(?:from|von der Firma|vom|aus)\s+.*$")
_WE = re.compile(
    r"^(?:me|myself|ich|wir|us|our team|our side|unser team|the team|others?|andere|i)$",
    re.IGNORECASE,
)
_NAME = re.compile(
    rf"(?:{_ADDRESS}\s+)?(?:{_TITLE})*(?:[A-ZÄÖÜ]\.\s*)*"
    rf"(?P<name>{_WORD}(?:\s+(?:{_PARTICLE}\s+)?{_WORD}){{0,2}})"
)
_INITIAL = re.compile(r"\s*[A-ZÄÖÜ]\.\s*[A-ZÄÖÜ]")
_NOT_NAMES = words(
    "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Monday Tuesday Wednesday "
    "Thursday Friday Januar Februar März April Mai Juni Juli August September Oktober November "
    "Dezember Team Herr Frau Einkauf Vertrieb Technik Management Purchasing Sales Engineering Next "
    "Termin Angebot",
)
_SMALL_WORDS = words(
    "will wird wurde waren sind hatte haben kommt kann konnte meint meinte sagt sagte fragt fragte "
    "doktor professor auch noch nicht aber oder dann jetzt heute gestern morgen from said says "
    "asked wants wanted will would have were with about there them they that this",
)
_OWN = re.compile(r"\b(?:mein|dein|sein|ihr|unser)(?:e|er|em|en)?\s+$", re.IGNORECASE)


def listed(text: str) -> tuple[str, ...]:
    """The people of a list such as `Anna Berger, Dr. Klein (purchasing) and me`."""
    parts = (_ROLE.sub("", part).strip(" .") for part in _PARTS.split(_BRACKETS.sub("", text)))
    return _distinct(name for part in parts for name in _named(part))


def _named(part: str) -> Iterator[str]:
    found = _NAME.fullmatch(part)
    if found and not _WE.match(part) and found["name"].split()[0] not in _NOT_NAMES:
        yield part


def met(text: str, heard: Callable[[str], bool]) -> tuple[str, ...]:
    """The people named in the parts of a sentence that say who was there.

    A part counts when one of the words is heard in it, or when it is nothing but names and stands
    beside one that counts: `with Ms Kurz, Mr Olsen and me; the decision is Mr Hall's`.
    """
    parts = [part for part in _BREAK.split(_BRACKETS.sub("", text)) if part.strip()]
    counts = [heard(part) for part in parts]
    bare = [bool(listed(part)) and all(_bare(one) for one in _PARTS.split(part)) for part in parts]
    for order in (range(1, len(parts)), range(len(parts) - 2, -1, -1)):
        step = -1 if order.step > 0 else 1
        for place in order:
            counts[place] = counts[place] or (bare[place] and counts[place + step])
    there = (part for part, here in zip(parts, counts, strict=True) if here)
    return _distinct(name for part in there for name in (*mentioned(part), *_initialled(part)))


def only_names(text: str) -> tuple[str, ...]:
    """The people of a line that names two or more of them and says nothing else."""
    parts = [part for part in _PARTS.split(_BRACKETS.sub("", text)) if part.strip()]
    names = mentioned(text)
    return names if len(names) > 1 and len(names) == len(parts) and all(map(_bare, parts)) else ()


def _initialled(part: str) -> tuple[str, ...]:
    return listed(part) if _INITIAL.match(part) else ()


def _bare(part: str) -> bool:
    return not part.strip() or bool(_WE.match(part.strip()) or listed(part))


def mentioned(text: str) -> tuple[str, ...]:
    """The people a sentence names, in its order."""
    found = {
        one.start(): _said(one) for one in _POLITE.finditer(text) if not _firm(text, one.end())
    }
    taken = [(one.start(), one.end()) for one in _POLITE.finditer(text)]
    for first in _CAPITAL.finditer(text):
        rest = _REST.match(text, first.end()) if first[0] in first_names() else None
        free = all(first.end() <= begin or first.start() >= end for begin, end in taken)
        if rest and free and not _firm(text, rest.end()):
            found[first.start()] = first[0] + rest[0]
            taken.append((first.start(), rest.end()))
    found |= {one.start(): _whole(one) for one in _TYPED_SMALL.finditer(text) if _is_name(one)}
    return _distinct(found[place] for place in sorted(found))


def _whole(small: re.Match[str]) -> str:
    """With the last name where the first was said: `mister robert lang`."""
    last = re.match(r"\s+[^\W\d_]{3,}", small.string[small.end() :])
    first = small["name"].title() in first_names() and last
    return small[0] + (last[0] if first and last and last[0].strip() not in _SMALL_WORDS else "")


def _is_name(small: re.Match[str]) -> bool:
    """`frau will` and `meine frau` name nobody."""
    return small["name"] not in _SMALL_WORDS and not _OWN.search(small.string[: small.start()])


def _said(found: re.Match[str]) -> str:
    """As written, but in the nominative: `Herrn Weber` is Herr Weber."""
    words = found[0]
    name = found["name"].split()
    if len(name) > 1 and name[-1] in _NOT_NAMES:
        words = words[: -len(name[-1])].rstrip()
    return re.sub(r"^Herrn\b", "Herr", words)


def bare(name: str) -> str:
    """The name without a form of address and titles."""
    return _ADDRESSED.sub("", name).strip()


def _firm(text: str, end: int) -> bool:
    return _FIRM.match(text, end) is not None


def _distinct(names: Iterator[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


@cache
def first_names() -> frozenset[str]:
    """First names in use among the people our users meet; ours to add to."""
    text = files("dialogs.gleaning").joinpath("first_names.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.split() if line)
