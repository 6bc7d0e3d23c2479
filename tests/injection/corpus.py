"""The strings of `corpus.toml`, by the sink they are aimed at; every string goes to every sink."""

import tomllib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tests.dialogs.lengths import LONG

GROUPS: dict[str, tuple[str, ...]] = {
    group: tuple(texts)
    for group, texts in tomllib.loads(
        Path(__file__).with_name("corpus.toml").read_text(encoding="utf-8")
    ).items()
}
CORPUS: tuple[str, ...] = tuple(dict.fromkeys(text for texts in GROUPS.values() for text in texts))
NO_TEXT = ("\x00", "a\x00b", "\ud83d", "a\udc00b")
"""What no store can keep: it is refused or replaced before it gets to any of them."""


def pages(size: int) -> Iterator[tuple[str, ...]]:
    """All strings, so many at a time."""
    texts = iter(CORPUS)
    while page := tuple(islice(texts, size)):
        yield page


def sample(each: int) -> tuple[str, ...]:
    """Every so-manieth string of each group; all of them in the long form."""
    if LONG:
        return CORPUS
    return tuple(dict.fromkeys(text for texts in GROUPS.values() for text in texts[::each]))
