"""What the rig fetches and keeps: made once, whole or not at all; no address is written down."""

import platform
import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.rig import debian
from tests.rig.places import REPOSITORY, MissingPartError, kept

LOCKS = [
    *REPOSITORY.glob("requirements*.lock"),
    *(REPOSITORY / "tests" / "rig").glob("requirements*.lock"),
]


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DEALDESK_RIG_DIR", str(tmp_path))
    return tmp_path


def test_what_is_kept_is_made_once_and_again_for_other_inputs() -> None:
    made: list[Path] = []

    first, second, other = (kept("part", [text], made.append) for text in ("one", "one", "two"))

    assert first == second != other
    assert len(made) == 2


def test_what_could_not_be_made_whole_is_not_kept(cache: Path) -> None:
    def half(place: Path) -> None:
        (place / "half").touch()
        raise MissingPartError("the archive went away")

    with pytest.raises(MissingPartError):
        kept("part", [], half)
    assert [path.name for path in cache.iterdir() if path.is_dir()] == []


def test_what_many_ask_for_at_once_is_made_once() -> None:
    made: list[Path] = []
    with ThreadPoolExecutor(8) as asking:
        places = list(asking.map(lambda _: kept("part", [], made.append), range(8)))

    assert len(set(places)) == len(made) == 1


def test_what_a_killed_run_left_behind_is_cleared_away(cache: Path) -> None:
    place = kept("part", [], lambda place: None)
    (left := cache / f"{place.name}.left").mkdir()
    place.rmdir()

    assert kept("part", [], lambda place: None) == place
    assert not left.exists()


def test_the_archive_is_the_one_that_apt_knows() -> None:
    assert "://" in debian.mirror(platform.freedesktop_os_release()["VERSION_CODENAME"])


def test_a_machine_without_an_archive_is_told_what_to_do() -> None:
    with pytest.raises(MissingPartError, match=r"Name one in /etc/apt"):
        debian.mirror("no-such-release")


def test_an_archive_that_cannot_be_read_is_reported(
    cache: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(debian, "mirror", lambda release: f"file://{cache}/nowhere")

    with pytest.raises(MissingPartError, match=r"the package lists.*nowhere"):
        debian.unpack(cache / "root", ["odoo-19"], [])


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.name)
def test_a_lock_file_has_a_hash_for_each_version_and_no_address(lock: Path) -> None:
    text = lock.read_text()
    entries = re.findall(
        r"^\S+==\S+.*\\\n(?: +--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+", text, re.MULTILINE
    )

    assert len(entries) == len(re.findall(r"^[^\s#]", text, re.MULTILINE)) > 0
    assert "://" not in text
    assert str(REPOSITORY) not in text
