"""What dealdesk runs on is pinned, has a reason, and is looked up for known weaknesses."""

import json
import re
import tomllib
from pathlib import Path

import pytest

from tests.docs.pages import ROOT, first_cells
from tests.rig.supplies import FOUND, LOCKS, NOT_LOOKED_UP, RUNNING, judged, pins, sbom

MOST = 12
"""Direct dependencies of what runs: each is code that can break or be attacked."""
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
FLAW = {"id": "PYSEC-2026-1", "fix_versions": ["2.0"], "aliases": [], "description": ""}
SOUND = {"name": "babel", "version": "2.18", "vulns": []}
SKIPPED = {"name": "aiohttp", "skip_reason": "Dependency not found on PyPI"}

UNLOCKED = {"keyring"}
"""Asked for by a setting, seldom on a server."""


def direct() -> set[str]:
    extras = PROJECT["optional-dependencies"].values()
    wanted = [*PROJECT["dependencies"], *(one for extra in extras for one in extra)]
    return {re.split(r"[\[><=]", one)[0] for one in wanted}


def reasons() -> set[str]:
    """The names in the table of ADR 0003; what stands in brackets is not direct."""
    cells = first_cells(ROOT / "docs/adr/0003-dependencies.md")
    names = (re.sub(r"\(.*\)", "", cell).strip() for cell in cells if "---" not in cell)
    return {one for cell in names for one in cell.split(", ")} - {"dependency"}


def test_every_direct_dependency_has_its_reason_and_none_is_left_over():
    assert reasons() == direct()


def test_there_are_no_more_direct_dependencies_than_agreed():
    assert len(PROJECT["dependencies"]) <= MOST


@pytest.mark.parametrize("lock", LOCKS, ids=[lock.name for lock in LOCKS])
def test_every_locked_package_has_one_version_and_hashes(lock: Path):
    entries = re.split(r"\n(?=\S)", lock.read_text().strip())
    packages = [entry for entry in entries if not entry.startswith("#")]
    assert len(packages) > 20
    assert [one for one in packages if "==" not in one or "--hash=sha256:" not in one] == []
    assert "://" not in lock.read_text()


def test_what_runs_is_locked_alike_for_developers():
    running, developing = (pins(lock) for lock in LOCKS)
    assert {name: developing.get(name) for name in running} == running
    assert direct() - UNLOCKED <= running.keys()


def test_the_bill_of_materials_lists_what_is_locked_with_its_hashes(tmp_path: Path):
    target = tmp_path / "sbom.json"
    sbom(target)
    listed = json.loads(target.read_text())
    assert listed["bomFormat"] == "CycloneDX"
    found = {one["name"]: one["version"] for one in listed["components"]}
    assert found == pins(RUNNING)
    assert all(one["externalReferences"][0]["hashes"] for one in listed["components"])


def test_i7_a_dependency_with_a_known_weakness_ends_with_an_error_and_its_remedy():
    weak = {"name": "aiohttp", "version": "1.0", "vulns": [FLAW]}
    told = judged({"dependencies": [SOUND, weak, SKIPPED]})
    assert told == (FOUND, ["aiohttp 1.0: PYSEC-2026-1, mended in 2.0"])


def test_i7_what_was_not_looked_up_is_not_called_sound():
    status, (told,) = judged({"dependencies": [SKIPPED]})
    assert (status, "nothing was looked up" in told) == (NOT_LOOKED_UP, True)
    status, (told,) = judged({"dependencies": [SOUND, SKIPPED]})
    assert (status, "all but aiohttp was looked up" in told) == (NOT_LOOKED_UP, True)


def test_i7_all_looked_up_and_sound_is_fine():
    told = judged({"dependencies": [SOUND]})
    assert told == (0, ["1 packages, none with a known vulnerability."])
