"""One-time link codes: how they look, what is kept of them, when one counts.

Knows no randomness and no conversation: whoever makes a code brings its bytes.
"""

import hashlib
import re
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from dialogs.people import Address, Person

BYTES = 16
"""128 bits: guessing one is no way in, even without the limit of tries."""
LENGTH = 22
LIFETIME_MS = 10 * 60_000
TRIES = 5
PAUSE_MS = 10 * 60_000
"""After so many tries in vain an account is refused for so long."""
_CODE = re.compile(rf"(?:start\s+)?([A-Za-z0-9_-]{{{LENGTH}}})")
_EMAIL = re.compile(r"[^\s@<>\"',;:]{1,64}@[A-Za-z0-9.-]{1,180}\.[A-Za-z]{2,24}")


@dataclass(frozen=True, slots=True)
class LinkCode:
    """A code as it is kept: never itself."""

    hash: str
    person: Person
    """Who is to be linked; somebody new where only the CRM knows them so far."""
    expires: int
    """Epoch milliseconds."""
    channel: str = ""
    """The only channel it works on; empty for any."""
    account: str = ""
    """The only account that can redeem it; empty for any."""
    used: int | None = None


def code(random: bytes) -> str:
    """Write 16 random bytes as 22 characters that a link and a chat carry unchanged."""
    return urlsafe_b64encode(random).decode().rstrip("=")


def digest(text: str) -> str:
    """SHA-256: a stolen table opens nothing."""
    return hashlib.sha256(text.encode()).hexdigest()


def code_in(text: str) -> str | None:
    """The code that the words are, alone or behind `start` as a deep link brings it."""
    found = _CODE.fullmatch(text.strip())
    return found[1] if found else None


def email_in(text: str) -> str | None:
    """The e-mail address that the words are, in small letters."""
    found = _EMAIL.fullmatch(text.strip())
    return found[0].lower() if found else None


def counts(known: LinkCode | None, address: Address, now: int) -> bool:
    """Whether this account can redeem it now."""
    if known is None or known.used is not None or now >= known.expires:
        return False
    return known.channel in {"", address.channel} and known.account in {"", address.account}


def recent(tries: tuple[int, ...], now: int) -> tuple[int, ...]:
    """The tries in vain that still count against an account."""
    return tuple(at for at in tries if now - at < PAUSE_MS)


def refused(tries: tuple[int, ...], now: int) -> bool:
    """Whether an account has tried too often."""
    return len(recent(tries, now)) >= TRIES
