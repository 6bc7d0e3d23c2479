"""What the bot did that Telegram forbids, ignores or loses, in the order it happened.

Knows the kinds of violation; the places that find them are elsewhere.
"""

from typing import Literal, get_args

from tests.standins import violations
from tests.standins.violations import Violation

__all__ = ["Kind", "Violation", "Violations"]

Kind = Literal[
    "unknown_method",  # the Bot API has no such method
    "unknown_parameter",  # the method has no such parameter: Telegram drops it silently
    "undocumented_field",  # the same inside a keyboard, an entity, a scope, …
    "missing_parameter",  # a required parameter or field is absent
    "wrong_type",  # a value that is not of the documented type
    "over_limit",  # shorter, longer or more than the documentation allows
    "bad_markup",  # HTML or entities that Telegram can't parse
    "lost_formatting",  # entities that Telegram drops without a word
    "bad_keyboard",  # a keyboard or button that can't exist
    "bad_request",  # anything else that is refused whatever the state of the chat
    "foreign_message",  # an edit of a message that is not the bot's
    "two_consumers",  # getUpdates while another getUpdates waits, or while a webhook is set
    "unanswered_query",  # a button press that the bot received and never answered
    "late_answer",  # … or answered after the deadline
    "not_acted",  # a real method or option that this stand-in does not carry out
    "standin_error",  # the stand-in itself broke: repair it
]


class Violations(violations.Violations):
    """The breaches of this platform's rules."""

    kinds = frozenset(get_args(Kind))
