"""What the app did that Slack forbids, or that would be lost at Slack, in the order it happened.

Knows the kinds of violation; the places that find them are elsewhere.
"""

from typing import Literal, get_args

from tests.standins import violations
from tests.standins.violations import Violation

__all__ = ["Kind", "Violation", "Violations"]

Kind = Literal[
    "unknown_method",  # a method that Slack does not have
    "unknown_parameter",  # an argument the specification does not name: Slack drops it silently
    "missing_parameter",  # a required argument is absent
    "refused",  # a payload that Slack refuses whatever the state of the workspace
    "wrong_token",  # no token, or a bot token where an app-level one belongs, or the reverse
    "undocumented_error",  # the stand-in itself answered an error that the specification lacks
    "not_acting",  # a real method that this stand-in does not carry out
    "truncated",  # text beyond 40,000 characters, which Slack cuts off
    "unescaped",  # a control sequence that a person typed came back out of the app unescaped
    "unacked",  # an envelope or a request never answered within 3 s
    "late_ack",  # answered, but after 3 s
    "unknown_envelope",  # an acknowledgement of something never sent
    "bad_answer",  # an answer to an interaction that Slack cannot use
    "non_2xx",  # an HTTP answer outside 200 to 299
    "standin_error",  # the stand-in itself broke: repair it
]


class Violations(violations.Violations):
    """The breaches of this platform's rules."""

    kinds = frozenset(get_args(Kind))
