"""Takes known secrets out of texts, in the forms in which a text may carry them.

Knows what the secrets are, not where they come from nor who writes the text.
"""

import base64
import html
import json
import re
import threading
from collections.abc import Iterable, Iterator
from urllib.parse import quote, quote_plus

HIDDEN = "***"
SHORTEST = 4
"""Shorter secrets are not looked for: their letters stand in every sentence."""
SHORTEST_CODED = 8
"""Shorter pieces of base64 would be found where there is none."""
_BITS = {0: 0, 1: 2, 2: 3}
"""Characters of base64 that bytes before the secret take part in, by their number modulo 3."""


class Redactor:
    """All secrets that this process knows. Safe to use from several threads; it only ever grows."""

    def __init__(self) -> None:
        """Begin with none; what is said before the first is learnt passes as it is."""
        self._lock = threading.Lock()
        self._known: frozenset[str] = frozenset()
        self._pattern: re.Pattern[str] | None = None

    def learn(self, secrets: Iterable[str]) -> None:
        """From now on hide these too."""
        with self._lock:
            known = self._known | {one for one in secrets if len(one) >= SHORTEST}
            if known != self._known:
                self._known, self._pattern = known, _pattern(known)

    def __call__(self, text: str) -> str:
        """The text with every known secret hidden."""
        pattern = self._pattern
        return text if pattern is None else pattern.sub(HIDDEN, text)


def forms(secret: str) -> set[str]:
    """The ways in which a text may spell the secret."""
    raw = secret.encode(errors="surrogatepass")
    quoted = {quote(raw, safe=""), quote(raw), quote_plus(raw)}
    lower = {re.sub("%[0-9A-F]{2}", lambda one: one[0].lower(), text) for text in quoted}
    escaped = {json.dumps(secret)[1:-1], repr(secret)[1:-1], html.escape(secret)}
    return {secret, raw.hex(), *quoted, *lower, *escaped, *_coded(raw)}


def _coded(raw: bytes) -> Iterator[str]:
    """The part of base64 that is the same whatever stands around the secret."""
    for before, touched in _BITS.items():
        text = base64.b64encode(bytes(before) + raw).decode().rstrip("=")
        whole = (before + len(raw)) % 3 == 0
        piece = text[touched:] if whole else text[touched:-1]
        if len(piece) >= SHORTEST_CODED:
            yield piece
            yield piece.translate({ord("+"): "-", ord("/"): "_"})


def _pattern(secrets: Iterable[str]) -> re.Pattern[str]:
    every = {form for secret in secrets for form in forms(secret)}
    longest_first = sorted(every, key=lambda one: (-len(one), one))
    # python-telegram-bot writes a token it doubts in small letters.
    return re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)


hide = Redactor()
"""The process's own: logging is one for the whole process, and so is what it must not say."""
