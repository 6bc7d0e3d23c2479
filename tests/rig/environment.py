"""Python environments that hold exactly what a lock file lists, every file checked by its hash.

Needs nothing but Python and pip, because it makes the project's own environment too:
``python -m tests.rig.environment .venv requirements.lock``.
"""

import os
import subprocess
import sys
from pathlib import Path

from tests.rig.places import REPOSITORY, MissingPartError, kept, plainly

UV_LOCK = REPOSITORY / "tests" / "rig" / "requirements-uv.lock"
PYTHON = "3.11"  # what the lock files are made for; newer ones are tried where it is missing
TRIES = 3


def installer() -> Path:
    """The program ``uv``, fetched once with pip."""
    return kept("uv", [UV_LOCK.read_text()], _fetch_installer) / "bin" / "uv"


def fill(target: Path, lock: Path) -> None:
    """Make the environment ``target`` unless it is there; let it hold just what ``lock`` lists."""
    if not (target / "bin" / "python").exists():
        _uv("venv", "--quiet", "--no-project", "--python", PYTHON, str(target))
    python = str(target / "bin" / "python")
    _uv("pip", "sync", "--quiet", "--require-hashes", "--python", python, str(lock))


def add_project(target: Path) -> None:
    """Let the environment see this checkout and its commands; fetches nothing."""
    words = ["--quiet", "--no-deps", "--no-build-isolation", "--offline", "--editable"]
    _uv("pip", "install", *words, str(REPOSITORY), "--python", str(target / "bin" / "python"))


def _fetch_installer(target: Path) -> None:
    words = ["--quiet", "--no-deps", "--require-hashes", "--only-binary=:all:"]
    command = [sys.executable, "-m", "pip", "install", *words, "--target", target, "-r", UV_LOCK]
    _insist([str(word) for word in command], {"PIP_ROOT_USER_ACTION": "ignore"})


def _uv(*words: str) -> None:
    # A Python that uv fetched by itself would not be the machine's.
    _insist([str(installer()), *words], {"UV_PYTHON_DOWNLOADS": "never"})


def _insist(command: list[str], environment: dict[str, str]) -> None:
    for _ in range(TRIES):
        done = subprocess.run(
            command,
            env={**_pip_index(), **os.environ, **environment},
            stdin=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
        if not done.returncode:
            return
    raise MissingPartError(f"{' '.join(command)} failed {TRIES} times: {done.stderr.strip()}")


def _pip_index() -> dict[str, str]:
    """The machine's package index as pip is told it; uv has its own variable for the same."""
    command = [sys.executable, "-m", "pip", "config", "get", "global.index-url"]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stdout.strip()
    address = os.environ.get("PIP_INDEX_URL") or told
    return {"UV_DEFAULT_INDEX": address} if address else {}


if __name__ == "__main__":
    with plainly():
        fill(Path(sys.argv[1]), Path(sys.argv[2]))
        add_project(Path(sys.argv[1]))
