"""Names in kept texts: where somebody is named, and the text without them.

A text is JSON, then only what somebody typed or what is shown is looked at, or plain. Pure.
"""

import json
import re
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

SHORTEST = 3
"""Fewer characters than this would be found in half of all texts."""
PHONE_DIGITS = 6
OURS = frozenset(
    {"approval", "case", "channel", "form", "id", "key", "kind", "language", "owner", "playbook"}
    | {"ref", "slot", "state", "status", "step", "style", "token", "tone", "type", "url"}
)
"""Keys of JSON whose values are ids and words of ours: a name that equals one stays there."""
TYPED = frozenset({"answers", "forms", "opportunity", "payload", "values"})
"""Keys of what somebody typed, by question: in there no key is one of ours."""
IDS = frozenset({"account", "chat"})
_PHONE = re.compile(r"\+?[\d\s()/.-]+")


@dataclass(frozen=True, slots=True)
class Naming:
    """How somebody is named in texts: words as they are written, and ids of accounts."""

    words: tuple[str, ...]
    ids: frozenset[str] = frozenset()
    by: str = "[erased]"
    """What stands there afterwards."""
    pattern: re.Pattern[str] = field(init=False)

    def __post_init__(self) -> None:
        """Compile once what is looked for in every text."""
        either = "|".join(map(_pattern, self.words)) or r"(?!)"
        object.__setattr__(self, "pattern", re.compile(either, re.IGNORECASE))

    def without(self, text: str) -> str:
        """The text without the names; the very same where it has none."""
        try:
            kept = json.loads(text)
        except ValueError:
            return self.pattern.sub(self.by, text)
        changed = self._changed(kept, "", typed=False)
        if changed == kept:
            return text
        return json.dumps(changed, ensure_ascii=False, separators=(",", ":"))

    def named_in(self, text: str) -> bool:
        return self.without(text) != text

    def _changed(self, value: Any, key: str, *, typed: bool) -> Any:
        inside = typed or key in TYPED
        if isinstance(value, str):
            return self.pattern.sub(self.by, value) if inside else self._text(value, key)
        if isinstance(value, list):
            return [self._changed(one, key, typed=inside) for one in value]
        if isinstance(value, dict):
            return {at: self._changed(one, at, typed=inside) for at, one in value.items()}
        return value

    def _text(self, text: str, key: str) -> str:
        if key in IDS:
            return self.by if text in self.ids else text
        return text if key in OURS else self.pattern.sub(self.by, text)


def names(words: Collection[str]) -> tuple[str, ...]:
    """The words to look for, the longest first.

    Raises:
        ValueError: one is too short to mean somebody.
    """
    told = {" ".join(word.split()) for word in words}
    for word in told:
        if len(word) < SHORTEST:
            raise ValueError(word)
    return tuple(sorted(told, key=len, reverse=True))


def _pattern(word: str) -> str:
    """The words with any space between them; of a phone number the digits, however grouped."""
    digits = re.findall(r"\d", word)
    if _PHONE.fullmatch(word) and len(digits) >= PHONE_DIGITS:
        return r"\+?" + r"[\s()/.-]*".join(digits) + r"(?!\d)"
    parts = [re.escape(part) for part in word.split()]
    return r"(?<!\w)" + r"\s+".join(parts) + r"(?!\w)"
