"""Puts on the machine what the tests need and pip cannot bring: ``python -m tests.rig.install``.

Does nothing where everything is there; needs root only where something is missing.
"""

import os
import subprocess
import sys
from collections.abc import Callable

from tests.rig.browser import chromium_program
from tests.rig.places import MissingPartError
from tests.rig.postgres import postgres_binaries

PARTS: dict[str, tuple[Callable[[], object], tuple[str, ...]]] = {
    "Chromium": (chromium_program, ("chromium", "fonts-dejavu-core", "fonts-noto-color-emoji")),
    "PostgreSQL": (postgres_binaries, ("postgresql",)),
}
APT = ("apt-get", "--quiet", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3")


def main() -> None:
    """Install the missing parts, or say which command does it."""
    packages = [name for find, names in PARTS.values() if _missing(find) for name in names]
    if not packages:
        return
    command = [*APT, "install", "--yes", "--no-install-recommends", *packages]
    if os.geteuid() != 0:
        sys.exit(f"Missing on this machine. Run: sudo apt-get install {' '.join(packages)}")
    quietly = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run([*APT, "update"], check=True, env=quietly, stdout=sys.stderr)
    subprocess.run(command, check=True, env=quietly, stdout=sys.stderr, stdin=subprocess.DEVNULL)


def _missing(find: Callable[[], object]) -> bool:
    try:
        find()
    except MissingPartError:
        return True
    return False


if __name__ == "__main__":
    main()
