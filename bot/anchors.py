"""Anchors of the audit trail: its head as it stood each day, in a file and in the log.

The file lies beside the database, where whoever can change the one can change the other: what
proves something is the copy that the log, or a backup, has carried away.
"""

import logging
from datetime import UTC, datetime
from pathlib import Path

from dialogs.errors import BadConfiguration
from dialogs.trail import Anchor, anchor

log = logging.getLogger(__name__)

FILE = "audit-anchors"


def kept_anchors(folder: Path) -> list[Anchor]:
    """Those that were written down so far; none without a file.

    Raises:
        BadConfiguration: a line of the file is no anchor.
    """
    path = folder / FILE
    if not path.exists():
        return []
    try:
        return [anchor(line.split()[-1]) for line in path.read_text().splitlines() if line.strip()]
    except ValueError as error:
        raise BadConfiguration(
            f"{path} was changed: {error} is no anchor. Restore the file from a backup."
        ) from None


def keep_anchor(folder: Path, head: Anchor, now: int) -> None:
    """Say it in the log, and write it down where it is another one than the last."""
    log.info("audit anchor %s", head)
    if head in kept_anchors(folder)[-1:]:
        return
    at = datetime.fromtimestamp(now / 1000, UTC).isoformat(timespec="seconds")
    with (folder / FILE).open("a") as file:
        file.write(f"{at} {head}\n")
