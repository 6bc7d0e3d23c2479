"""What a platform forbids, ignores or loses, recorded in the order it happened.

Knows no platform: each names its own kinds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True)
class Violation:
    """One breach: its kind, where it happened (method, query, envelope), what was wrong."""

    kind: str
    where: str
    detail: str

    def __str__(self) -> str:
        return f"{self.kind} at {self.where}: {self.detail}"


class Violations(list[Violation]):
    """All breaches so far; empty at the end of a good test."""

    kinds: frozenset[str] = frozenset()
    """What can be breached on this platform."""

    def __init__(self) -> None:
        super().__init__()
        self._tolerated: set[str] = set()

    def record(self, kind: str, where: str, detail: str) -> None:
        if kind not in self._tolerated:
            self.append(Violation(kind, where, detail))

    def tolerate(self, *kinds: str) -> None:
        """Leave these kinds out from now on, for a test that provokes them.

        Raises:
            ValueError: there is no such kind
        """
        if unknown := set(kinds) - self.kinds:
            raise ValueError(f"no such kind of violation: {sorted(unknown)}; see Kind")
        self._tolerated.update(kinds)

    def take(self) -> list[Violation]:
        """Hand over what was recorded and begin anew."""
        taken = list(self)
        self.clear()
        return taken

    @contextmanager
    def expected(self, *kinds: str) -> Iterator[list[Violation]]:
        """Require at least one violation of each of `kinds` inside the block and none of another.

        Raises:
            AssertionError: another kind was recorded, or one of `kinds` was not
        """
        before = self.take()
        caught: list[Violation] = []
        yield caught
        caught.extend(self.take())
        self.extend(before)
        assert {each.kind for each in caught} == set(kinds), [str(each) for each in caught]
