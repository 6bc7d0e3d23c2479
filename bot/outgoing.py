"""Claimed intents on their way out: what they say, where to, and what stands there now.

Knows how an intent is stored; delivers nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from bot import codec
from dialogs.books import Books
from dialogs.rows import Claimed
from dialogs.shows import Say


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A claimed intent on its way out; `say` spares reading its body again."""

    claimed: Claimed
    say: Say | None = None
    previous: str | None = None


def outgoing(
    books: Books, claimed: Sequence[Claimed], says: Mapping[str, Say] | None = None
) -> list[Outgoing]:
    """Claimed intents with what they say and the message that stands in its place now."""
    known = says or {}
    read = [
        (one, (known.get(one.key) or codec.said.read(one.body)) if one.target == "chat" else None)
        for one in claimed
    ]
    read = _where_they_went(books, read)
    keys = {place(say) for _, say in read if say and (say.edit or say.above)}
    places = books.places(keys) if keys else {}
    return [Outgoing(one, say, places.get(place(say)) if say else None) for one, say in read]


def _where_they_went(
    books: Books, read: list[tuple[Claimed, Say | None]]
) -> list[tuple[Claimed, Say | None]]:
    """Address what is for a room to where the room is now."""
    rooms = {
        (say.address.channel, say.address.chat) for _, say in read if say and say.address.shared
    }
    moved = books.moved(rooms) if rooms else {}
    if not moved:
        return read
    return [(one, say and _following(say, moved)) for one, say in read]


def _following(say: Say, moved: Mapping[tuple[str, str], str]) -> Say:
    goes_on = moved.get((say.address.channel, say.address.chat))
    return replace(say, address=replace(say.address, chat=goes_on)) if goes_on else say


def place(say: Say) -> tuple[str, str, str]:
    return (*say.address.place, say.slot)


def order_of(say: Say) -> str:
    """The order key: what one chat is shown, it is shown in order."""
    return ":".join(("chat", *say.address.place))
