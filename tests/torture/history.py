"""Who did what when: kept so that a run that failed can be understood."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

TRACE = os.environ.get("DEALDESK_TORTURE_TRACE", "")
"""A file that gets every line at once, for whoever looks on."""


@dataclass
class History:
    """Lines in the order they happened, with seconds since the beginning."""

    seed: int
    begun: float = field(default_factory=time.monotonic)
    lines: list[tuple[float, str, str]] = field(default_factory=list)

    def note(self, who: str, what: str) -> None:
        self.lines.append((time.monotonic() - self.begun, who, what))
        if TRACE:
            with Path(TRACE).open("a") as trace:
                trace.write(_line(self.lines[-1]))

    def about(self, *words: str, last: int = 150) -> str:
        """The lines that hold one of the words, and each death of the program between them."""
        wanted = [line for line in self.lines if line[1] == "bot" or _holds(line, words)]
        told = "".join(map(_line, wanted[-last:]))
        return f"DEALDESK_SEED={self.seed} repeats the dice.\n{told}"


def _line(line: tuple[float, str, str]) -> str:
    at, who, what = line
    return f"{at:8.2f} {who}: {what}\n"


def _holds(line: tuple[float, str, str], words: tuple[str, ...]) -> bool:
    return not words or any(word in line[1] or word in line[2] for word in words)
