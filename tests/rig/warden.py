"""A small process beside a test session: when the session is gone, its servers and files go too.

Started as ``python -m tests.rig.warden DIRECTORY``; reads one process id a line. Its standard
input closes when the session ends in whatever way, SIGKILL included; it then ends those processes
and removes the directory. It holds each process by a descriptor, so that an id that was
given to a stranger meanwhile is never hit.
"""

import os
import select
import shutil
import signal
import sys
from contextlib import suppress

PATIENCE = 5.0  # seconds between the request to end and the end


def main(directory: str) -> None:
    """Watch until the session ends, then clear up."""
    held = [fd for line in sys.stdin for fd in _hold(int(line))]
    for sign in (signal.SIGTERM, signal.SIGKILL):
        held = [fd for fd in held if not _ended(fd, 0)]
        _send(held, sign)
        held = [fd for fd in held if not _ended(fd, PATIENCE)]
    shutil.rmtree(directory, ignore_errors=True)


def _hold(process: int) -> list[int]:
    with suppress(ProcessLookupError):
        return [os.pidfd_open(process)]
    return []


def _ended(held: int, patience: float) -> bool:
    return bool(select.select([held], [], [], patience)[0])


def _send(held: list[int], sign: signal.Signals) -> None:
    for fd in held:
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(fd, sign)


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C for the tests is not for their warden
    main(sys.argv[1])
