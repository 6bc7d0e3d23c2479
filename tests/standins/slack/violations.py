"""What the app did that Slack forbids, or that would be lost at Slack, in the order it happened.

Knows the kinds of violation; the places that find them are elsewhere.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, get_args

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


@dataclass(frozen=True)
class Violation:
    """One breach: its kind, where it happened (method, envelope, event) and what was wrong."""

    kind: Kind
    where: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind} at {self.where}: {self.detail}"


class Violations(list[Violation]):
    """All breaches so far; empty at the end of a good test."""

    def __init__(self) -> None:
        super().__init__()
        self._tolerated: set[Kind] = set()

    def record(self, kind: Kind, where: str, detail: str) -> None:
        if kind not in self._tolerated:
            self.append(Violation(kind, where, detail))

    def tolerate(self, *kinds: Kind) -> None:
        """Leave these kinds out from now on, for a test that provokes them."""
        unknown = set(kinds) - set(get_args(Kind))
        if unknown:
            raise ValueError(f"no such kind of violation: {sorted(unknown)}; see Kind")
        self._tolerated.update(kinds)

    def take(self) -> list[Violation]:
        """Hand over what was recorded and begin anew."""
        taken = list(self)
        self.clear()
        return taken

    @contextmanager
    def expected(self, *kinds: Kind) -> Iterator[list[Violation]]:
        """Require that inside the block each of `kinds` is breached, and nothing else."""
        before = self.take()
        caught: list[Violation] = []
        yield caught
        caught.extend(self.take())
        self.extend(before)
        assert {each.kind for each in caught} == set(kinds), [str(each) for each in caught]
