"""What a turn asks about people: of the CRM as intents, of the books the link codes it names."""

from collections.abc import Iterator
from dataclasses import replace

from bot import codec
from dialogs.books import Books
from dialogs.linkcodes import LIFETIME_MS, LinkCode
from dialogs.rows import Intent, StoredCode
from dialogs.turns import Turn, Wants


def questions(seq: int, conversation: str, turn: Turn, now: int) -> Iterator[Intent]:
    """What the CRM is asked to look up, what about people, and what to tell them."""
    for number, ask in enumerate(turn.asks):
        key, body = f"{seq}:l{number}", codec.ask.write(ask)
        end = None if ask.patience_ms is None else now + ask.patience_ms
        yield Intent(key, "lookup", f"lookup:{key}", conversation, body, expires=end)
    for number, inquiry in enumerate(turn.inquiries):
        key, body = f"{seq}:r{number}", codec.inquiry.write(inquiry)
        yield Intent(key, "rights", f"rights:{conversation}", conversation, body)
    for number, invitation in enumerate(turn.invitations):
        key, body = f"{seq}:i{number}", codec.invitation.write(invitation)
        yield Intent(key, "invite", f"invite:{key}", conversation, body, expires=now + LIFETIME_MS)


def codes(books: Books, wants: Wants) -> dict[str, LinkCode]:
    """The link codes that a turn wants to know, locked."""
    return {row.hash: _code(row) for row in books.codes(wants.codes).values()}


def _code(row: StoredCode) -> LinkCode:
    return replace(codec.link_code.read(row.subject), used=row.used)
