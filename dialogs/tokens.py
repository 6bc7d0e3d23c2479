"""What stands in a button: an opaque word of at most 64 bytes that says what was pressed.

Three kinds: of one screen of a dialogue (stale once the screen changed), free (good for as long
as what it names exists), and of a decision card (anybody may try; who may is decided on pressing).
A token is routing, never a right.
"""

from dataclasses import dataclass

LIMIT = 64
_FREE, _CARD = "-", "!"


@dataclass(frozen=True, slots=True)
class ScreenToken:
    """Something on one screen of a dialogue."""

    conversation: str
    screen: int
    code: str
    index: int = 0


@dataclass(frozen=True, slots=True)
class FreeToken:
    """A way into something: start a form, resume or discard a dialogue, a word of the desk."""

    conversation: str
    code: str
    args: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CardToken:
    """A verdict about an approval, given on a card with that mark."""

    approval: str
    verdict: str
    mark: str = ""


Token = ScreenToken | FreeToken | CardToken


def screen(conversation: str, number: int, code: str, index: int = 0) -> str:
    return f"{conversation}.{number}.{code}.{index}" if index else f"{conversation}.{number}.{code}"


def free(conversation: str, code: str, *args: str) -> str:
    return ".".join((conversation, _FREE, code, *args))


def card(approval: str, verdict: str, mark: str) -> str:
    return f"{_CARD}.{approval}.{verdict}.{mark}"


def read(token: str) -> Token | None:
    """Return what the token says, or None for one that we never made."""
    parts = token.split(".") if len(token) <= LIMIT else []
    try:
        return _read(parts)
    except (ValueError, IndexError):
        return None


def _number(written: str) -> int:
    """Read a number the one way we write it: nothing below nought, no other digits."""
    if not (written.isascii() and written.isdecimal()):
        raise ValueError(written)
    return int(written)


def _read(parts: list[str]) -> Token | None:
    owner, kind, code = parts[0], parts[1], parts[2]
    if owner == _CARD:
        return CardToken(kind, code, parts[3] if len(parts) > 3 else "")  # noqa: PLR2004 - the fourth part is the mark
    if kind == _FREE:
        return FreeToken(owner, code, tuple(parts[3:]))
    return ScreenToken(owner, _number(kind), code, _number(parts[3]) if len(parts) > 3 else 0)  # noqa: PLR2004 - the fourth part is the index
