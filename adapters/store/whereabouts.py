"""Chats that go on under another name, and when a channel was last known to work."""

from collections.abc import Collection

from sqlalchemy import ClauseElement, select, update

from adapters.store.engine import Engine
from adapters.store.recipes import Source, batch, single
from adapters.store.tables import address, heartbeat, moved_chat, place


@batch(moved_chat.c.channel, moved_chat.c.chat, moved_chat.c.goes_on)
def kept_move(brought: Source) -> ClauseElement:
    put = brought.insert(moved_chat)
    newer = {"goes_on": put.excluded.goes_on}
    return put.on_conflict_do_update(index_elements=["channel", "chat"], set_=newer)


@batch(moved_chat.c.channel, moved_chat.c.chat)
def known_move(brought: Source) -> ClauseElement:
    found = select(moved_chat.c.channel, moved_chat.c.chat, moved_chat.c.goes_on)
    return found.where(*(moved_chat.c[name] == at for name, at in brought.c.items()))


@batch(moved_chat.c.channel, moved_chat.c.chat, moved_chat.c.goes_on)
def moved_place(brought: Source) -> ClauseElement:
    b = brought.c
    here = (place.c.channel == b["channel"], place.c.chat == b["chat"])
    return update(place).values(chat=b["goes_on"]).where(*here)


@batch(moved_chat.c.channel, moved_chat.c.chat, moved_chat.c.goes_on)
def moved_address(brought: Source) -> ClauseElement:
    b = brought.c
    here = (address.c.channel == b["channel"], address.c.chat == b["chat"])
    return update(address).values(chat=b["goes_on"]).where(*here)


@batch(heartbeat.c.name, heartbeat.c.at)
def kept_beat(brought: Source) -> ClauseElement:
    put = brought.insert(heartbeat)
    return put.on_conflict_do_update(index_elements=["name"], set_={"at": put.excluded.at})


@single(heartbeat.c.name)
def last_beat(brought: Source) -> ClauseElement:
    return select(heartbeat.c.at).where(heartbeat.c.name == brought.c["name"])


class Whereabouts:
    """The part of `Books` that knows where chats went and when a channel was there."""

    _engine: Engine

    def move_chat(self, channel: str, chat: str, goes_on: str) -> None:
        if (channel, chat) in self.moved([(channel, chat)]):
            return
        for recipe in (kept_move, moved_place, moved_address):
            self._engine.count(recipe, [(channel, chat, goes_on)])

    def moved(self, chats: Collection[tuple[str, str]]) -> dict[tuple[str, str], str]:
        rows = self._engine.rows(known_move, list(chats))
        return {(channel, chat): goes_on for channel, chat, goes_on in rows}

    def worked(self, name: str, at: int) -> None:
        self._engine.count(kept_beat, [(name, at)])

    def last_worked(self, name: str) -> int | None:
        return next((at for (at,) in self._engine.ask(last_beat, name)), None)
