"""Finds in a plain text what Telegram makes tappable by itself: commands, addresses, names, tags.

Covers what people type to a bot; it is not Telegram's whole table of top-level domains.
"""

from __future__ import annotations

import re

from tests.standins.telegram.entities import SPLITTABLE, Entity, units

_PATTERNS = (
    ("url", re.compile(r"\bhttps?://[^\s<>\"]*[^\s<>\".,;:!?)\]]")),
    ("email", re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")),
    ("bot_command", re.compile(r"(?<![\w/<>@])/[A-Za-z0-9_]{1,64}(?:@[A-Za-z0-9_]{3,32})?(?!\w)")),
    ("mention", re.compile(r"(?<![\w.@])@[A-Za-z][A-Za-z0-9_]{3,31}\b")),
    ("hashtag", re.compile(r"(?<!\w)#\w*[^\W\d]\w*")),
    (
        "url",
        re.compile(r"(?<![\w@.])(?:[a-z0-9-]+\.)+(?:com|de|net|org|io|eu)\b(?:/\S*[^\s.,;:!?])?"),
    ),
)


def with_detected(text: str, entities: tuple[Entity, ...]) -> tuple[Entity, ...]:
    """`entities` and, where nothing but bold and its like stands, what is found in the text."""
    taken = [each for each in entities if each.type not in SPLITTABLE]
    found: list[Entity] = []
    for kind, pattern in _PATTERNS:
        for hit in pattern.finditer(text):
            entity = Entity(units(text[: hit.start()]), units(hit[0]), kind)
            if not any(_meet(entity, each) for each in (*taken, *found)):
                found.append(entity)
    return tuple(sorted((*entities, *found), key=lambda each: (each.offset, -each.length)))


def _meet(one: Entity, other: Entity) -> bool:
    return one.offset < other.end and other.offset < one.end
