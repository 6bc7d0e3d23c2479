"""The browser: where Chromium is, and how it is started so that it minds nothing but the page."""

import shutil
from pathlib import Path

from tests.rig.places import MissingPartError

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = (
    "--no-sandbox",  # tests may run as root, where Chromium's sandbox refuses to start
    "--disable-dev-shm-usage",  # a container's is often too small for a page
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def chromium_program() -> Path:
    """Where the machine's own Chromium is."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if not found:
        raise MissingPartError("Chromium is missing. Run `make machine` as root.")
    return Path(found)
