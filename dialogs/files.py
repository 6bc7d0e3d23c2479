"""Files that people send: kept with the record they belong to, told apart by their content alone.

A file stays with its chat platform until its record goes to the CRM; here stands only where it is.
Nothing is opened, run or unpacked.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

NAME = 80
"""Characters of a file's name that are kept."""
_UNFIT = re.compile(r"[^\w .,()+&-]")
_SIGNS: Sequence[tuple[int, bytes, str]] = (
    (0, b"%PDF-", "application/pdf"),
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (0, b"GIF87a", "image/gif"),
    (0, b"GIF89a", "image/gif"),
    (8, b"WEBP", "image/webp"),
    (0, b"OggS", "audio/ogg"),
    (0, b"ID3", "audio/mpeg"),
    (0, b"\xff\xfb", "audio/mpeg"),
    (4, b"ftyp", "video/mp4"),
    (0, b"\x1a\x45\xdf\xa3", "video/webm"),
    (0, b"PK\x03\x04", "application/zip"),
    (0, b"\xd0\xcf\x11\xe0", "application/x-ole-storage"),
)
"""Where in a file which bytes stand. The last two are what office programs write."""
_PROGRAMS = (b"MZ", b"\x7fELF", b"#!", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe")


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that somebody sent."""

    channel: str
    ref: str
    """The platform's own name for it, by which it can be fetched."""
    name: str
    size: int = 0
    """Bytes, as the platform says; 0 where it does not."""
    content: bytes = field(default=b"", repr=False)
    """Only on its way into the CRM."""
    type: str = ""
    """What the content is, once it is there."""


def attached(channel: str, ref: str, name: str, size: int) -> Attached:
    """As a platform announces it; the name fit to show and to keep."""
    return Attached(channel, ref, fit(name) or "file", size)


def fit(name: str) -> str:
    """The name without what breaks lines or paths; of a long one its end."""
    return _UNFIT.sub("_", name).strip(" ._")[-NAME:]


def type_of(content: bytes) -> str | None:
    """What it is, as a media type; None for a program and for what is not known."""
    if content.startswith(_PROGRAMS):
        return None
    for place, sign, told in _SIGNS:
        if content[place : place + len(sign)] == sign:
            return told
    return "text/plain" if _is_text(content) else None


def _is_text(content: bytes) -> bool:
    try:
        return b"\x00" not in content and bool(content.decode("utf-8").strip())
    except UnicodeDecodeError:
        return False
