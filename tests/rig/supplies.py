"""What dealdesk runs on, as lists for others: `make sbom` and `make vulnerabilities`.

Says plainly when nothing was looked up: a scanner that reaches no database finds nothing either.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.rig.places import REPOSITORY, MissingPartError, plainly

RUNNING = REPOSITORY / "requirements.lock"
LOCKS = (RUNNING, REPOSITORY / "requirements-dev.lock")
FOUND, NOT_LOOKED_UP = 1, 3
_PIN = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
_BIN = Path(sys.executable).parent


def pins(lock: Path) -> dict[str, str]:
    """Name and version of everything a lock file lists."""
    return dict(_PIN.findall(lock.read_text()))


def sbom(target: Path) -> None:
    """Write what runs, with versions and hashes, in CycloneDX's JSON.

    Raises:
        MissingPartError: the tool failed; its words are the message.
    """
    project = str(REPOSITORY / "pyproject.toml")
    form = ("--pyproject", project, "--output-reproducible", "--output-file", str(target))
    done = _ran("cyclonedx-py", "requirements", *form, str(RUNNING))
    if done.returncode:
        raise MissingPartError(done.stderr)


def judged(report: Mapping[str, Any]) -> tuple[int, list[str]]:
    """The exit status and the words for a report of pip-audit."""
    looked_up = [one for one in report["dependencies"] if "skip_reason" not in one]
    skipped = [one["name"] for one in report["dependencies"] if "skip_reason" in one]
    found = list(_found(looked_up))
    if found:
        return FOUND, found
    if skipped:
        names = "nothing" if not looked_up else f"all but {', '.join(sorted(skipped))}"
        return NOT_LOOKED_UP, [
            (
                f"The database of known vulnerabilities could not be asked: {names} was looked up."
                " Run this again where it can be reached."
            )
        ]
    return 0, [f"{len(looked_up)} packages, none with a known vulnerability."]


def _found(dependencies: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for one in dependencies:
        for flaw in one["vulns"]:
            mended = ", ".join(flaw["fix_versions"]) or "no version yet"
            yield f"{one['name']} {one['version']}: {flaw['id']}, mended in {mended}"


def _vulnerabilities(lock: Path) -> tuple[int, list[str]]:
    words = ("--require-hashes", "--disable-pip", "--progress-spinner", "off", "--format", "json")
    done = _ran("pip-audit", *words, "--requirement", str(lock))
    try:
        return judged(json.loads(done.stdout))
    except ValueError:  # it ended before it could say anything
        last = done.stderr.strip().splitlines()[-1:]
        return NOT_LOOKED_UP, ["Nothing was looked up: " + "".join(last)]


def _ran(*words: str) -> subprocess.CompletedProcess[str]:
    program, *more = words
    return subprocess.run(
        [str(_BIN / program), *more], capture_output=True, text=True, check=False, cwd=REPOSITORY
    )


def main(word: str) -> int:
    if word == "sbom":
        target = REPOSITORY / "sbom.json"
        sbom(target)
        sys.stdout.write(f"{len(pins(RUNNING))} packages are listed in {target.name}\n")
        return 0
    worst = 0
    for lock in LOCKS:
        status, lines = _vulnerabilities(lock)
        sys.stdout.write("".join(f"{lock.name}: {line}\n" for line in lines))
        worst = worst if worst == FOUND else status or worst
    return worst


if __name__ == "__main__":
    with plainly():
        sys.exit(main(sys.argv[1]))
