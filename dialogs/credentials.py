"""What must not be said in a chat: recognised before anything of it is kept.

Knows how keys and tokens look, nobody's in particular.
"""

import re
from collections.abc import Iterator

from dialogs.events import FromPerson, Said, Shared, Submitted

ODOO_KEY = re.compile(r"[0-9a-f]{40}")
"""How Odoo writes an API key, in every version."""
_TELLING = re.compile(
    r"\b[0-9a-fA-F]{40}\b"  # Odoo's API keys
    r"|\bxox[abeprs]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}"  # Slack's tokens
    r"|\b\d{8,10}:[\w-]{35}\b"  # Telegram's
)


def unkept(event: FromPerson) -> FromPerson:
    """The event, or that there was one: a text with a secret in it is not kept at all."""
    if any(_TELLING.search(text) for text in _texts(event)):
        return Shared("key")
    return event


def _texts(event: FromPerson) -> Iterator[str]:
    match event:
        case Said():
            yield from (event.text, event.quote)
        case Submitted():
            yield from (text for values in event.values.values() for text in values)
        case Shared():
            yield event.caption
        case _:
            return
