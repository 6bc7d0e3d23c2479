"""Which addresses a store has, and what is said about the others."""

import subprocess
import sys
from pathlib import Path

import pytest

from adapters.store import open_store
from adapters.store.postgresql import PostgresqlEngine
from dialogs.errors import BadConfiguration, StoreUnavailable
from tests.adapters.store.conftest import Opener

REPOSITORY = Path(__file__).parents[3]


@pytest.mark.parametrize(
    "url",
    [
        "",
        "dealdesk.db",
        "sqlite://",
        "sqlite:///:memory:",
        "mysql://sam:secret@host/db",
        "postgresql+asyncpg://sam:secret@host/db",
    ],
)
def test_an_address_that_is_none_is_refused_with_the_right_forms(url: str) -> None:
    with pytest.raises(BadConfiguration, match=r"sqlite:///.* or postgresql://") as refused:
        open_store(url)
    assert "secret" not in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgresql+psycopg"])
def test_both_forms_of_a_postgresql_address_are_understood(scheme: str, opened: Opener) -> None:
    engine = opened(f"{scheme}://sam:secret@127.0.0.1:1/deals")._engine
    assert isinstance(engine, PostgresqlEngine)
    assert engine.name == "postgresql://sam:***@127.0.0.1:1/deals"


def test_postgresql_without_its_driver_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(sys.modules, "adapters.store.postgresql")
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(BadConfiguration, match=r"install dealdesk\[postgresql\]"):
        open_store("postgresql://sam@host/deals")


def test_sqlite_needs_no_driver_of_postgresql(tmp_path: Path, opened: Opener) -> None:
    script = f"from adapters.store import open_store; open_store('sqlite:///{tmp_path}/a.db')"
    loaded = _modules_after(script)
    assert "sqlite3" in loaded
    assert "psycopg" not in loaded
    assert "alembic" not in loaded


def test_a_folder_that_is_missing_is_made(tmp_path: Path, opened: Opener) -> None:
    opened(f"sqlite:///{tmp_path}/new/folder/deals.db").prepare()
    path = tmp_path / "new" / "folder" / "deals.db"
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_folder_that_can_not_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StoreUnavailable, match=r"file/deals\.db can't be opened .* its folder"):
        open_store(f"sqlite:///{tmp_path}/file/deals.db")


def _modules_after(script: str) -> list[str]:
    shown = f"{script}; import sys; print(*sys.modules)"
    command = [sys.executable, "-c", shown]
    done = subprocess.run(command, cwd=REPOSITORY, check=True, capture_output=True, text=True)
    return done.stdout.split()
