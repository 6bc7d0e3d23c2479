"""Looking for names in everything that is kept, changing it, and letting a person go.

Walks along the declaration of what is kept (`keeping`); what a name is, the caller knows.
"""

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import ClauseElement, Column, Table, delete, select, update

from adapters.store.engine import Engine
from adapters.store.inbox import LIMIT
from adapters.store.keeping import searched
from adapters.store.keys import dropped_key, left_ticket
from adapters.store.outbox import CRM
from adapters.store.recipes import Recipe, Source, batch, fixed, single
from adapters.store.tables import (
    address,
    conversation,
    inbox,
    intent,
    link_code,
    message,
    person,
    place,
)
from adapters.store.uploads import left_upload
from dialogs.rows import Passage

PAGE = 500
FIRST = {int: -1, str: ""}


def _page(key: Column[int] | Column[str], column: Column[str]) -> Recipe:
    @single(key, LIMIT)
    def page(brought: Source) -> ClauseElement:
        rows = select(key, column).where(key > brought.c[str(key.key)])
        return rows.order_by(key).limit(brought.c["limit"])

    return page


def _change(table: Table, key: Column[int] | Column[str], column: Column[str]) -> Recipe:
    # A program that remembers a conversation sees by the version that it is another one now.
    counted = {"version": table.c.version + fixed(1)} if table is conversation else {}

    @batch(key, column)
    def change(brought: Source) -> ClauseElement:
        changed = update(table).values({column.name: brought.c[column.name]} | counted)
        return changed.where(key == brought.c[str(key.key)])

    return change


PAGES = {(t.name, column.name): (key, _page(key, column)) for t, key, column in searched()}
CHANGES = {(t.name, column.name): _change(t, key, column) for t, key, column in searched()}


@batch(conversation.c.id)
def left_conversation(brought: Source) -> ClauseElement:
    return delete(conversation).where(conversation.c.id == brought.c["id"])


@batch(inbox.c.conversation)
def left_event(brought: Source) -> ClauseElement:
    return delete(inbox).where(inbox.c.conversation == brought.c["conversation"])


@batch(intent.c.conversation)
def left_intent(brought: Source) -> ClauseElement:
    return delete(intent).where(intent.c.conversation == brought.c["conversation"], ~CRM)


@batch(intent.c.order_key)
def left_show(brought: Source) -> ClauseElement:
    return delete(intent).where(intent.c.order_key == brought.c["order_key"])


@batch(message.c.channel, message.c.chat)
def left_message(brought: Source) -> ClauseElement:
    here = (message.c[name] == brought.c[name] for name in ("channel", "chat"))
    return delete(message).where(*here)


@batch(place.c.channel, place.c.chat)
def left_place(brought: Source) -> ClauseElement:
    return delete(place).where(*(place.c[name] == brought.c[name] for name in ("channel", "chat")))


@batch(link_code.c.person)
def left_code(brought: Source) -> ClauseElement:
    return delete(link_code).where(link_code.c.person == brought.c["person"])


@batch(address.c.person)
def left_account(brought: Source) -> ClauseElement:
    return delete(address).where(address.c.person == brought.c["person"])


@batch(person.c.id)
def left_person(brought: Source) -> ClauseElement:
    return delete(person).where(person.c.id == brought.c["id"])


class Privacy:
    """The part of `Books` that finds and erases what is kept about somebody."""

    _engine: Engine
    cleared: bool

    def passages(self) -> Iterator[Passage]:
        for table, column in PAGES:
            yield from self._passages(table, column)

    def put(self, passages: Sequence[Passage]) -> None:
        for name, change in CHANGES.items():
            rows = [(one.key, one.text) for one in passages if (one.table, one.column) == name]
            self._engine.count(change, rows)
        self.cleared = True

    def wipe(self, key: str, talks: Collection[str], chats: Collection[tuple[str, str]]) -> None:
        of = [(talk,) for talk in talks]
        for recipe in (left_event, left_intent, left_conversation):
            self._engine.count(recipe, of)
        for recipe in (left_message, left_place):
            self._engine.count(recipe, list(chats))
        self._engine.count(left_upload, [(chat,) for channel, chat in chats if channel == "web"])
        self._engine.count(left_show, [(f"chat:{channel}:{chat}",) for channel, chat in chats])
        for recipe in (left_code, dropped_key, left_ticket, left_account, left_person):
            self._engine.count(recipe, [(key,)])
        self.cleared = True

    def _passages(self, table: str, column: str) -> Iterator[Passage]:
        key, page = PAGES[table, column]
        after = FIRST[key.type.python_type]
        while rows := self._engine.ask(page, after, PAGE):
            yield from (Passage(table, column, at, text) for at, text in rows if text)
            after = rows[-1][0]
