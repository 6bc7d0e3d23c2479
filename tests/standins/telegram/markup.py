"""Reads the HTML that `parse_mode` HTML allows, by Telegram's rules and with its complaints.

Offsets in complaints count bytes of UTF-8. What may stand inside what is in `entities`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from tests.standins.telegram.entities import Entity, Formatted, link_fault, stretch, units
from tests.standins.telegram.refusals import Refusal, bad_request

PLAIN = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "tg-spoiler": "spoiler",
}
TAGS = frozenset(PLAIN) | {"span", "a", "code", "pre", "blockquote", "tg-emoji", "tg-time"}

_TEXT = re.compile(r"[^&<]+")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|([a-zA-Z]+));?")
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_TAG_NAME = re.compile(r"[^\s>]*")
_SPACE = re.compile(r"\s*")
_ATTRIBUTE_NAME = re.compile(r"[^\s=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.-]*")
_MENTION = re.compile(r"tg://user\?id=(\d+)$")
_LAST_CODE_POINT = 0x10FFFF
_MONOSPACE_PAIR = {"pre", "code"}


@dataclass(frozen=True)
class _Open:
    tag: str
    argument: str
    offset: int


def parse(markup: str) -> Formatted:
    """The text and the entities that `markup` stands for.

    Raises:
        Refusal: "can't parse entities: …", with the byte where reading stopped
    """
    reader = _Reader(markup)
    while reader.at < len(markup):
        reader.step()
    return reader.result()


class _Reader:
    def __init__(self, markup: str) -> None:
        self.markup = markup
        self.at = 0
        self._text: list[str] = []
        self._length = 0
        self._open: list[_Open] = []
        self._entities: list[Entity] = []
        self._lost: list[str] = []

    def step(self) -> None:
        if plain := _TEXT.match(self.markup, self.at):
            self._add(plain[0], plain.end())
        elif self.markup[self.at] == "&":
            self._add(*_reference(self.markup, self.at))
        elif self.markup.startswith("</", self.at):
            self._close()
        else:
            self._begin()

    def result(self) -> Formatted:
        if self._open:
            tag = self._open[-1].tag
            raise _unreadable(f'Can\'t find end tag corresponding to start tag "{tag}"')
        text = "".join(self._text)
        if any("\ud800" <= each <= "\udfff" for each in text):
            raise _unreadable("Text contains invalid Unicode characters after decoding")
        return Formatted(text, tuple(map(_without_language, self._entities)), tuple(self._lost))

    def _add(self, text: str, end: int) -> None:
        self._text.append(text)
        self._length += units(text)
        self.at = end

    def _begin(self) -> None:
        start, place = self.at, self._byte(self.at)
        name = _TAG_NAME.match(self.markup, start + 1)
        assert name is not None
        if name.end() == len(self.markup):
            raise _unreadable(f"Unclosed start tag at byte offset {place}")
        tag = name[0].lower()
        if tag not in TAGS:
            raise _unreadable(f'Unsupported start tag "{tag}" at byte offset {place}')
        attributes, self.at = _attributes(self.markup, name.end(), tag, place)
        self._open.append(_Open(tag, _argument(tag, attributes, place), self._length))

    def _close(self) -> None:
        place = self._byte(self.at)
        if not self._open:
            raise _unreadable(f"Unexpected end tag at byte offset {place}")
        name = _TAG_NAME.match(self.markup, self.at + 2)
        assert name is not None
        end = _after_space(self.markup, name.end())
        if not self.markup.startswith(">", end):
            raise _unreadable(f"Unclosed end tag at byte offset {place}")
        self._match(name[0].lower(), place)
        self.at = end + 1

    def _match(self, found: str, place: int) -> None:
        opened = self._open.pop()
        if found and found != opened.tag:
            raise _unreadable(
                f"Unmatched end tag at byte offset {place}, "
                f'expected "</{opened.tag}>", found "</{found}>"'
            )
        if self._length > opened.offset:
            self._entities += self._made(opened)

    def _made(self, opened: _Open) -> list[Entity]:
        offset, length = opened.offset, self._length - opened.offset
        match opened.tag:
            case "a":
                return self._link(opened, length)
            case "pre" | "code":
                return self._monospace(opened, length)
            case "blockquote":
                return [Entity(offset, length, opened.argument)]
            case "tg-emoji":
                return [Entity(offset, length, "custom_emoji", custom_emoji_id=opened.argument)]
            case "tg-time":
                return [Entity(offset, length, "date_time", unix_time=int(opened.argument))]
            case tag:
                return [Entity(offset, length, PLAIN.get(tag, "spoiler"))]

    def _link(self, opened: _Open, length: int) -> list[Entity]:
        shown = stretch("".join(self._text), opened.offset, opened.offset + length)
        address = opened.argument or shown
        if mention := _MENTION.match(address):
            user = int(mention[1])
            return [Entity(opened.offset, length, "text_mention", user_id=user)]
        if fault := link_fault(address):
            self._lost.append(f"link to {address!r}: {fault}")
            return []
        return [Entity(opened.offset, length, "text_link", url=_with_scheme(address))]

    def _monospace(self, opened: _Open, length: int) -> list[Entity]:
        """A `code` that fills a `pre`, whichever is outside, gives the `pre` its language."""
        inner = self._entities[-1] if self._entities else None
        if inner is None or (inner.offset, inner.length) != (opened.offset, length):
            return [_code(opened, length, opened.argument)]
        if {inner.type, opened.tag} != _MONOSPACE_PAIR:
            return [_code(opened, length, opened.argument)]
        self._entities.pop()
        language = opened.argument or inner.language
        return [Entity(opened.offset, length, "pre", language=language or None)]

    def _byte(self, at: int) -> int:
        return len(self.markup[:at].encode("utf-8", "surrogatepass"))


def _without_language(entity: Entity) -> Entity:
    """Only `pre` keeps the language that a `code` inside or around it named."""
    return replace(entity, language=None) if entity.type == "code" else entity


def _code(opened: _Open, length: int, language: str) -> Entity:
    return Entity(opened.offset, length, opened.tag, language=language or None)


def _reference(markup: str, at: int) -> tuple[str, int]:
    """The character that a reference such as `&lt;` stands for; else the ampersand itself."""
    found = _REFERENCE.match(markup, at)
    if found is None:
        return "&", at + 1
    hexadecimal, decimal, name = found.groups()
    if name:
        return (_NAMED[name], found.end()) if name in _NAMED else ("&", at + 1)
    code = int(hexadecimal, 16) if hexadecimal else int(decimal)
    if not 0 < code < _LAST_CODE_POINT:
        return "&", at + 1
    return chr(code), found.end()


def _attributes(markup: str, at: int, tag: str, place: int) -> tuple[dict[str, str], int]:
    """The attributes of a start tag and where it ends."""
    found: dict[str, str] = {}
    while True:
        at = _after_space(markup, at)
        if at == len(markup):
            raise _unreadable(f"Unclosed start tag at byte offset {place}")
        if markup[at] == ">":
            return found, at + 1
        name, value, at = _attribute(markup, at, tag, place)
        found[name] = value


def _attribute(markup: str, at: int, tag: str, place: int) -> tuple[str, str, int]:
    name = _ATTRIBUTE_NAME.match(markup, at)
    assert name is not None
    if not name[0]:
        raise _unreadable(f'Empty attribute name in the tag "{tag}" at byte offset {place}')
    if (tag, name[0]) == ("blockquote", "expandable"):
        return name[0], "", name.end()
    equals = _after_space(markup, name.end())
    if not markup.startswith("=", equals):
        raise _unreadable(
            f'Expected equal sign in declaration of an attribute of the tag "{tag}" '
            f"at byte offset {place}"
        )
    return name[0], *_value(markup, _after_space(markup, equals + 1), tag, place)


def _value(markup: str, at: int, tag: str, place: int) -> tuple[str, int]:
    if at == len(markup):
        raise _unreadable(f'Unclosed start tag "{tag}" at byte offset {place}')
    if markup[at] in "\"'":
        return _quoted(markup, at, place)
    token = _TOKEN.match(markup, at)
    assert token is not None
    if token.end() < len(markup) and not re.match(r"[\s>]", markup[token.end()]):
        place = len(markup[:at].encode())
        raise _unreadable(f"Unexpected end of name token at byte offset {place}")
    return token[0].lower(), token.end()


def _quoted(markup: str, at: int, place: int) -> tuple[str, int]:
    end = markup.find(markup[at], at + 1)
    if end < 0:
        raise _unreadable(f"Unclosed start tag at byte offset {place}")
    value = markup[at + 1 : end]
    return re.sub(r"&[#\w]+;?", lambda found: _decoded(found[0]), value), end + 1


def _decoded(reference: str) -> str:
    character, end = _reference(reference, 0)
    return character + reference[end:]


def _argument(tag: str, attributes: dict[str, str], place: int) -> str:
    match tag:
        case "a":
            return attributes.get("href", "")
        case "code":
            return _behind("language-", attributes.get("class", ""))
        case "blockquote":
            return "expandable_blockquote" if "expandable" in attributes else "blockquote"
        case "tg-emoji":
            return _number(attributes.get("emoji-id", ""), "custom emoji identifier")
        case "tg-time":
            return _number(attributes.get("unix", ""), "Unix time")
        case "span" if attributes.get("class") != "tg-spoiler":
            raise _unreadable(f'Tag "span" must have class "tg-spoiler" at byte offset {place}')
        case _:
            return ""


def _number(text: str, meaning: str) -> str:
    if not re.fullmatch(r"[1-9]\d{0,18}", text):
        raise _unreadable(f"Invalid {meaning} specified")
    return text


def _behind(prefix: str, text: str) -> str:
    return text.removeprefix(prefix) if text.startswith(prefix) else ""


def _with_scheme(address: str) -> str:
    return address if "://" in address else f"http://{address}/"


def _after_space(markup: str, at: int) -> int:
    found = _SPACE.match(markup, at)
    assert found is not None
    return found.end()


def _unreadable(why: str) -> Refusal:
    return bad_request(f"can't parse entities: {why}", "bad_markup")
