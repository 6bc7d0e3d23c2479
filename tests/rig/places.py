"""Where the rig keeps what is costly to make, and how runs share it; not what it is."""

import fcntl
import hashlib
import os
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]


class MissingPartError(Exception):
    """Something real that the tests need is not here; the message says how to get it."""


def rig_directory() -> Path:
    """The cache: ``DEALDESK_RIG_DIR`` (several clones may share one) or ``.rig`` of this clone."""
    chosen = os.environ.get("DEALDESK_RIG_DIR")
    directory = Path(chosen).expanduser().resolve() if chosen else REPOSITORY / ".rig"
    directory.mkdir(parents=True, exist_ok=True)
    return directory


def kept(name: str, inputs: Sequence[str], make: Callable[[Path], None]) -> Path:
    """A directory of the cache that ``make`` fills once for these inputs.

    The name carries the inputs' hash: changed inputs make a new directory beside one that is in
    use. It appears complete or not at all; a second process waits for the first.
    """
    digest = hashlib.sha256("\0".join(inputs).encode()).hexdigest()[:12]
    place = rig_directory() / f"{name}-{digest}"
    if not place.exists():
        with _alone(place.name):
            if not place.exists():
                _make_whole(place, make)
    return place


def _make_whole(place: Path, make: Callable[[Path], None]) -> None:
    sys.stderr.write(f"Preparing {place.name}, once\n")
    for abandoned in place.parent.glob(f"{place.name}.*/"):  # by a run that was killed
        shutil.rmtree(abandoned)
    unfinished = Path(tempfile.mkdtemp(prefix=f"{place.name}.", dir=place.parent))
    try:
        make(unfinished)
        unfinished.chmod(0o755)
        unfinished.rename(place)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


@contextmanager
def plainly() -> Iterator[None]:
    """For commands: a missing part ends them with its sentence, without a traceback."""
    try:
        yield
    except MissingPartError as missing:
        sys.exit(str(missing))


@contextmanager
def _alone(name: str) -> Iterator[None]:
    with (rig_directory() / f"{name}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
