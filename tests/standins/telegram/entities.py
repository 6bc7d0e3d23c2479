"""Formatted text: a plain text with entities, measured in UTF-16 code units as Telegram does.

Knows which entities may stand together, how they are cut to fit, and how a text looks as HTML;
reading HTML is in `markup`, finding links and commands in plain text in `detection`.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import urlsplit

from tests.standins.telegram.refusals import bad_request

MOST_ENTITIES = 100
DETECTED = frozenset(
    {"mention", "hashtag", "cashtag", "bot_command", "url", "email", "phone_number"}
)
SPLITTABLE = frozenset({"bold", "italic", "underline", "strikethrough", "spoiler"})
QUOTES = frozenset({"blockquote", "expandable_blockquote"})
MONOSPACE = frozenset({"code", "pre"})
LINKED = frozenset({"text_link", "text_mention", "custom_emoji", "date_time"})
TYPES = DETECTED | SPLITTABLE | QUOTES | MONOSPACE | LINKED


@dataclass(frozen=True, order=True)
class Entity:
    """A stretch of a text; `offset` and `length` in UTF-16 code units."""

    offset: int
    length: int
    type: str
    url: str | None = None
    language: str | None = None
    custom_emoji_id: str | None = None
    user_id: int | None = None
    unix_time: int | None = None
    date_time_format: str | None = None

    @property
    def end(self) -> int:
        return self.offset + self.length


@dataclass(frozen=True)
class Formatted:
    """A text as Telegram keeps it. `lost` says which formatting was dropped on the way."""

    text: str
    entities: tuple[Entity, ...] = ()
    lost: tuple[str, ...] = ()


def units(text: str) -> int:
    """The length of `text` in UTF-16 code units: 2 for an emoji, 1 for most else."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def stretch(text: str, start: int, end: int) -> str:
    """The part of `text` from one UTF-16 offset to another."""
    return text.encode("utf-16-le", "surrogatepass")[2 * start : 2 * end].decode(
        "utf-16-le", "replace"
    )


def settled(formatted: Formatted) -> Formatted:
    """The text as it is shown: trimmed, with the entities that may stand, in order."""
    trimmed = _trimmed(formatted)
    kept, lost = _standing(sorted(trimmed.entities, key=_outermost_first))
    if len(kept) > MOST_ENTITIES:
        lost.append(f"{len(kept) - MOST_ENTITIES} entities beyond {MOST_ENTITIES}")
    return Formatted(trimmed.text, tuple(kept[:MOST_ENTITIES]), (*formatted.lost, *lost))


def _outermost_first(entity: Entity) -> tuple[int, int, bool]:
    return entity.offset, -entity.length, entity.type in SPLITTABLE


def _trimmed(formatted: Formatted) -> Formatted:
    text = formatted.text.strip()
    lead = units(formatted.text) - units(formatted.text.lstrip())
    moved = (_cut(each, lead, lead + units(text)) for each in formatted.entities)
    kept = (replace(each, offset=each.offset - lead) for each in moved if each.length > 0)
    return Formatted(text, tuple(kept))


def _cut(entity: Entity, start: int, end: int) -> Entity:
    offset = min(max(entity.offset, start), end)
    return replace(entity, offset=offset, length=min(entity.end, end) - offset)


def _standing(entities: list[Entity]) -> tuple[list[Entity], list[str]]:
    kept: list[Entity] = []
    lost: list[str] = []
    for entity in entities:
        if outer := next((each for each in kept if _excludes(each, entity)), None):
            lost.append(f"{entity.type} inside {outer.type}")
        else:
            kept.append(entity)
    return _around_monospace(kept), lost


def _excludes(outer: Entity, inner: Entity) -> bool:
    if outer.end <= inner.offset:
        return False
    if outer.type in MONOSPACE:
        return True
    if outer.type in QUOTES:
        return inner.type in QUOTES
    return outer.type not in SPLITTABLE and inner.type not in SPLITTABLE


def _around_monospace(entities: list[Entity]) -> list[Entity]:
    """Bold and its like end where code begins and go on behind it."""
    for code in [each for each in entities if each.type in MONOSPACE]:
        entities = [part for each in entities for part in _without(each, code)]
    return sorted(entities, key=_outermost_first)


def _without(entity: Entity, hole: Entity) -> list[Entity]:
    apart = entity.end <= hole.offset or hole.end <= entity.offset
    if entity is hole or apart or entity.type not in SPLITTABLE:
        return [entity]
    parts = (_cut(entity, 0, hole.offset), _cut(entity, hole.end, entity.end))
    return [each for each in parts if each.length > 0]


def checked(rows: list[dict[str, Any]], text: str) -> tuple[Entity, ...]:
    """Entities that a bot gave as JSON, held against the text.

    Raises:
        Refusal: an entity of no known type, outside the text, or with a link that can't be
    """
    return tuple(_checked(row, units(text)) for row in rows)


def _checked(row: dict[str, Any], length: int) -> Entity:
    if row["type"] not in TYPES:
        raise bad_request("can't parse MessageEntity: Unsupported type specified", "bad_markup")
    for field in _NEEDED.get(row["type"], ()):
        if field not in row:
            text = f"can't parse MessageEntity: Can't find field \"{field}\""
            raise bad_request(text, "bad_markup")
    entity = _from_row(row)
    _check_place(entity, length)
    if row["type"] == "text_link" and (fault := link_fault(row["url"])):
        raise bad_request(f"entity URL '{row['url']}' is invalid: {fault}", "bad_markup")
    return entity


_NEEDED = {"text_link": ("url",), "text_mention": ("user",), "custom_emoji": ("custom_emoji_id",)}


def _from_row(row: dict[str, Any]) -> Entity:
    known = {name: row[name] for name in Entity.__dataclass_fields__ if name in row}
    return Entity(**known, user_id=row.get("user", {}).get("id"))


def _check_place(entity: Entity, length: int) -> None:
    at = entity.offset
    if at < 0:
        raise bad_request(f"receive an entity with incorrect offset {at}", "bad_markup")
    if entity.length <= 0:
        text = f"receive an entity with incorrect length {entity.length}"
        raise bad_request(text, "bad_markup")
    if at > length:
        text = f"entity begins after the end of the text at UTF-16 offset {at}"
        raise bad_request(text, "bad_markup")
    if entity.end > length:
        text = (
            f"entity beginning at UTF-16 offset {at} ends after the end of the text at "
            f"UTF-16 offset {entity.end}"
        )
        raise bad_request(text, "bad_markup")


def link_fault(link: str) -> str | None:
    """Why Telegram does not take `link` as an address, or None when it does."""
    address = link if "://" in link else f"http://{link}"
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https", "tg", "ton"}:
        return "Unsupported URL protocol"
    if not parts.hostname:
        return "URL host is empty"
    if parts.scheme in {"http", "https"} and not {".", ":"} & set(parts.hostname):
        return "Wrong HTTP URL"  # a bare name such as localhost
    return None


def to_html(text: str, entities: tuple[Entity, ...]) -> str:
    """The text in Telegram's HTML, everything else in it escaped."""
    places = {0, units(text)}
    places |= {edge for each in entities for edge in (each.offset, each.end)}
    edges = sorted(places)
    parts: list[str] = []
    open_: list[Entity] = []
    for start, end in zip(edges, [*edges[1:], None], strict=True):
        active = [each for each in entities if each.offset <= start < each.end]
        parts += _turned(open_, sorted(active, key=_outermost_first))
        parts.append("" if end is None else html.escape(stretch(text, start, end), quote=False))
    return "".join(parts)


def _turned(open_: list[Entity], wanted: list[Entity]) -> list[str]:
    """Close and open tags so that `open_` becomes `wanted`; what both begin with stays open."""
    same = 0
    while same < min(len(open_), len(wanted)) and open_[same] is wanted[same]:
        same += 1
    closing = [_tags(each)[1] for each in reversed(open_[same:])]
    opening = [_tags(each)[0] for each in wanted[same:]]
    open_[:] = wanted
    return [*closing, *opening]


_SIMPLE = {
    "bold": "b",
    "italic": "i",
    "underline": "u",
    "strikethrough": "s",
    "spoiler": "tg-spoiler",
    "code": "code",
    "blockquote": "blockquote",
}


def _tags(entity: Entity) -> tuple[str, str]:  # noqa: PLR0911 - one for each kind of tag
    match entity.type:
        case simple if simple in _SIMPLE:
            return f"<{_SIMPLE[simple]}>", f"</{_SIMPLE[simple]}>"
        case "text_link" | "text_mention":
            address = entity.url or f"tg://user?id={entity.user_id}"
            return f'<a href="{html.escape(address)}">', "</a>"
        case "pre" if entity.language:
            language = html.escape(entity.language)
            return f'<pre><code class="language-{language}">', "</code></pre>"
        case "pre":
            return "<pre>", "</pre>"
        case "expandable_blockquote":
            return "<blockquote expandable>", "</blockquote>"
        case "custom_emoji":
            return f'<tg-emoji emoji-id="{entity.custom_emoji_id}">', "</tg-emoji>"
        case "date_time":
            return f'<tg-time unix="{entity.unix_time}">', "</tg-time>"
        case _:
            return "", ""
