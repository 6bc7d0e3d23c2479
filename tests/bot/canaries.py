"""Known random strings in the place of every secret, and where one of them turned up.

The search has forms of its own, apart from those of `bot.redaction`, so that both are needed.
"""

import base64
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

WHOLE = 3


@dataclass(frozen=True, slots=True)
class Hit:
    where: str
    secret: str
    """The setting's name."""


def random_key() -> str:
    """Forty hexadecimal digits, like Odoo's API keys."""
    return secrets.token_hex(20)


def random_master_key() -> str:
    return base64.b64encode(secrets.token_bytes(32)).decode()


def hits(places: Mapping[str, bytes], canaries: Mapping[str, str]) -> list[Hit]:
    """Every place that holds a canary in one of its forms."""
    return [
        Hit(where, name)
        for where, held in places.items()
        for name, secret in canaries.items()
        if any(form in held for form in set(forms(secret)))
    ]


def forms(secret: str) -> Iterator[bytes]:
    raw = secret.encode()
    yield raw
    yield quote(secret, safe="").encode()
    yield raw.hex().encode()
    for cut in range(WHOLE):
        # From its cut-th byte on, as it stands where a group of three begins.
        piece = raw[cut:]
        yield base64.b64encode(piece[: len(piece) - len(piece) % WHOLE])
        yield base64.urlsafe_b64encode(piece[: len(piece) - len(piece) % WHOLE])


def files(folder: Path) -> dict[str, bytes]:
    """Everything that is kept in a folder; the WAL and the like too."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def joined(texts: Iterable[object]) -> bytes:
    return "\n".join(map(repr, texts)).encode()
