"""A strict stand-in of Slack: Web API, Socket Mode, HTTP delivery, people, and a page to look at.

    async with SlackStandin().running() as slack:
        sam = slack.person("U1", "Sam")
        await sam.says("record")
        await sam.hears("Which customer?")

Rules come from the published specification (`methods.json`), from `slackblocks` and `slack_sdk`,
and from what Slack is known to do.
"""

from .clock import HandClock, WallClock
from .person import Person
from .seen import Seen, SeenView
from .standin import SlackStandin
from .violations import Violation, Violations
from .workspace import AppIdentity

__all__ = [
    "AppIdentity",
    "HandClock",
    "Person",
    "Seen",
    "SeenView",
    "SlackStandin",
    "Violation",
    "Violations",
    "WallClock",
]
