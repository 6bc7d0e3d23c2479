"""The named moments at which the program can be made to die, as if the power went.

A trap is set for one of them and a number of passages; it writes down that it struck, and ends the
process with SIGKILL: no handler, no `finally`, no flush.
"""

import os
import signal
import threading
from dataclasses import dataclass, field

START = ("before the leases are taken back", "after the leases are taken back")
INBOUND = ("received and not kept", "kept and not acknowledged")
COMMITS = (
    "before an arrival is committed",
    "after an arrival is committed",
    "before a settlement is committed",
    "after a settlement is committed",
)
OUTBOUND = (
    "before a show",
    "after a show",
    "before a search",
    "after a search",
    "before a delivery",
    "during a delivery",
    "after a delivery",
    "before a check of rights",
    "after a check of rights",
)
STOPPING = ("stopping: channels still open", "stopping: store still open")
POINTS = (*START, *INBOUND, *COMMITS, *OUTBOUND, *STOPPING)


@dataclass
class Trap:
    """`point` is empty where nothing is to happen; `deaths` is the file that tells."""

    point: str
    passages: int
    deaths: str
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def passes(self, point: str) -> None:
        """Say that the program is there now."""
        if point != self.point:
            return
        with self._lock:
            self.passages -= 1
            if self.passages == 0:
                self._strikes()

    def _strikes(self) -> None:
        with open(self.deaths, "ab", buffering=0) as file:  # noqa: PTH123 - unbuffered, at once
            file.write(f"{self.point}\n".encode())
        os.kill(os.getpid(), signal.SIGKILL)
