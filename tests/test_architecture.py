"""What holds for the repository as a whole, beyond the direction of imports (import-linter)."""

import ast
import importlib
import re
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from string import Formatter
from types import MappingProxyType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dialogs.phrases import PHRASES

ROOT = Path(__file__).parents[1]
PROJECT = MappingProxyType(tomllib.loads((ROOT / "pyproject.toml").read_text()))
OURS = ("bot", "dialogs", "adapters")
CODE = (*OURS, "docs", "tests", "bench")
LOCKS = sorted([*ROOT.glob("*.lock"), *ROOT.glob("tests/rig/*.lock")])
LONGEST = 400
RUNTIME, DEV = ROOT / "requirements.lock", ROOT / "requirements-dev.lock"
_PINNED = re.compile(r"^([A-Za-z0-9_.-]+)==(\S+)", re.MULTILINE)


def files(folders: tuple[str, ...], *suffixes: str) -> list[Path]:
    found = (path for folder in folders for path in (ROOT / folder).rglob("*"))
    return sorted(path for path in found if path.suffix in suffixes)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def pins(lock: Path) -> dict[str, str]:
    """Versions by package."""
    return {canonicalize_name(one): version for one, version in _PINNED.findall(lock.read_text())}


@pytest.mark.parametrize("package", OURS)
def test_an_import_name_of_ours_is_ours_alone(package: str):
    shippers = set(packages_distributions().get(package, []))
    found = importlib.import_module(package).__file__

    assert shippers <= {"dealdesk"}, f"{shippers} ship {package!r} too: ADR 0001"
    assert found is not None
    assert Path(found).parents[1] == ROOT


def test_no_file_is_longer_than_a_reader_bears():
    lengths = {path: len(path.read_text().splitlines()) for path in files(CODE, ".py", ".js")}

    assert {name(path): n for path, n in lengths.items() if n > LONGEST} == {}


def test_every_public_module_says_what_it_knows():
    public = [
        path for path in files(OURS, ".py") if re.match(r"[a-z]|__init__|__main__", path.stem)
    ]

    assert [name(p) for p in public if not ast.get_docstring(ast.parse(p.read_text()))] == []


def test_every_adapter_is_held_to_know_no_other():
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    (apart,) = [one["modules"] for one in contracts if one["type"] == "independence"]
    shared = {"adapters.crm_rules"}  # rules that the ledger and Odoo keep alike
    folders = {f"adapters.{path.parent.name}" for path in (ROOT / "adapters").glob("*/__init__.py")}

    assert set(apart) == folders - shared


def test_dealdesk_speaks_both_languages():
    english, german = PHRASES["en"], PHRASES["de"]

    assert set(PHRASES) == {"en", "de"}
    assert set(german) == set(english)
    assert [key for texts in (english, german) for key in texts if not texts[key].strip()] == []


@pytest.mark.parametrize("key", PHRASES["en"])
def test_a_phrase_has_the_same_gaps_in_both_languages(key: str):
    assert gaps(PHRASES["de"][key]) == gaps(PHRASES["en"][key])


def gaps(text: str) -> set[str]:
    return {gap for _, gap, _, _ in Formatter().parse(text) if gap}


@pytest.mark.parametrize("lock", LOCKS, ids=[name(lock) for lock in LOCKS])
def test_a_lock_names_no_registry_and_pins_every_file(lock: Path):
    lines = lock.read_text().splitlines()
    entries = [line for line in lines if line and not line.startswith((" ", "#"))]
    hashed = [line for line in lines if line.startswith("    --hash=sha256:")]

    assert [line for line in lines if "://" in line or "index" in line.split("#")[0]] == []
    assert [line for line in entries if not (_PINNED.match(line) and line.endswith("\\"))] == []
    assert len(hashed) >= len(entries)


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        (RUNTIME, PROJECT["project"]["dependencies"]),
        (RUNTIME, PROJECT["project"]["optional-dependencies"]["postgresql"]),
        (DEV, PROJECT["project"]["dependencies"]),
        (DEV, PROJECT["dependency-groups"]["dev"]),
    ],
    ids=["runtime", "postgresql", "runtime in dev", "dev"],
)
def test_the_lock_fits_what_the_project_asks_for(lock: Path, wanted: list[str]):
    pinned = pins(lock)
    requirements = [Requirement(one) for one in wanted]

    assert [
        str(one)
        for one in requirements
        if not one.specifier.contains(pinned.get(canonicalize_name(one.name), "0"))
    ] == [], "run `make lock`"


def test_tests_run_on_the_versions_that_run_for_users():
    tested = pins(DEV)

    assert {one: version for one, version in pins(RUNTIME).items() if tested[one] != version} == {}


def test_every_direct_dependency_has_its_reason():
    told = (ROOT / "docs/adr/0003-dependencies.md").read_text()
    asked = [*PROJECT["project"]["dependencies"]]
    asked += PROJECT["project"]["optional-dependencies"]["postgresql"]

    assert [one for one in asked if Requirement(one).name not in told] == []
