"""A strict Slack for tests and for trying out: Web API, Socket Mode, HTTP, people, a page."""

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
