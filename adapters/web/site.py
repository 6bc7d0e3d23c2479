"""What the web server serves, as one value: the border between it and the program."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from adapters.web.channel import WebChannel
from dialogs.people import Person
from dialogs.ports import Accept, HttpHook, PathPage

Menu = Sequence[tuple[str, str]]
"""Words to type, each with what it does."""


@dataclass(frozen=True, slots=True)
class Persona:
    """Somebody to be on the demo page."""

    name: str
    role: str
    token: str
    language: str


@dataclass(frozen=True, slots=True)
class Site:
    """What the server serves."""

    accept: Accept
    hooks: Mapping[str, HttpHook]
    chat: WebChannel
    who: Callable[[str], Person | None]
    """Whose web account that is."""
    menu: Callable[[Person], Menu]
    """What they may begin, in their language."""
    languages: Callable[[], Mapping[str, str]]
    """What the installation speaks: names of languages by code."""
    words: Callable[[str], Mapping[str, str]]
    """Sentences of the page in a language that it does not have by itself, by key."""
    ready: Callable[[], Awaitable[Sequence[str]]]
    """What keeps the program from taking events now; empty when it takes them."""
    metrics: Callable[[], Awaitable[str]]
    """In Prometheus's text format."""
    personas: tuple[Persona, ...] = ()
    """With personas the site is the demo: whoever reaches it may be each of them."""
    look: Callable[[int | None], Awaitable[Any]] | None = None
    """The embedded ledger as JSON (docs/web.md), or one opportunity of it; None where there is a
    CRM of the company's own."""
    pages: Mapping[str, PathPage] = field(default_factory=dict)
    """Pages at one-time addresses, by the path before the token: `/key` for `/key/…`."""
