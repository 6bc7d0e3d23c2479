"""A real PostgreSQL of the tests' own: one cluster a workshop, on a loopback port."""

import os
import secrets
import shutil
import signal
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.rig.places import MissingPartError, kept
from tests.rig.processes import (
    Program,
    Workshop,
    as_account,
    copied,
    free_port,
    unprivileged_account,
)

ROLE = "rig"
PASSWORD = "rig"
# The machine outlives every test, only the processes are killed: what the kernel was given is safe.
UNSYNCED = ("-c", "fsync=off", "-c", "full_page_writes=off")


@dataclass(frozen=True, slots=True)
class PostgresServer:
    """A PostgreSQL cluster; stop or kill only one that is your own."""

    port: int
    program: Program
    binaries: Path

    def new_database(self, template: str = "template0") -> str:
        """Make an empty database; its URL is for SQLAlchemy with psycopg."""
        name = f"rig_{secrets.token_hex(6)}"
        self.sql(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return self.url(name)

    def url(self, database: str) -> str:
        return f"postgresql+psycopg://{ROLE}:{PASSWORD}@127.0.0.1:{self.port}/{database}"

    def sql(self, statement: str, database: str = "postgres") -> str:
        """What ``psql`` answers to one statement, as bare text."""
        command = ["-XAtq", "-v", "ON_ERROR_STOP=1", "-c", statement]
        where = ["-h", "127.0.0.1", "-p", str(self.port), "-U", ROLE, "-d", database]
        done = subprocess.run(
            [self.binaries / "psql", *command, *where],
            env={**os.environ, "PGPASSWORD": PASSWORD},
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout.strip()

    def start(self) -> None:
        """Start it again on the same port; returns when it takes connections."""
        self.program.start()

    def stop(self) -> None:
        """Stop it as an administrator would: connections are cut, transactions rolled back."""
        self.program.stop()

    def kill(self) -> None:
        """Kill it with all its processes; the next start recovers from the log."""
        self.program.kill()


def postgres_binaries() -> Path:
    """The folder of PostgreSQL's programs, of the newest release that is installed."""
    installed = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda p: float(p.parts[4])
    )
    on_path = shutil.which("postgres")
    if not installed and not on_path:
        raise MissingPartError(
            "PostgreSQL's programs are missing. Run as root: apt-get install postgresql"
        )
    return installed[-1].parent if installed else Path(str(on_path)).resolve().parent


def serve_cluster(workshop: Workshop, data: Path, *, synced: bool = False) -> PostgresServer:
    """Serve a copy of the cluster ``data`` for as long as the workshop is open.

    ``synced`` writes as a production server does (for measurements); otherwise a power
    cut, which no test makes, would lose data.
    """
    binaries, account, port = postgres_binaries(), unprivileged_account(), free_port()
    here = copied(data, workshop.directory / f"cluster-{port}", account)
    here.chmod(0o700)
    program = Program(
        workshop,
        [binaries / "postgres", "-D", here, *_settings(port), *(() if synced else UNSYNCED)],
        answers=lambda: _takes_connections(binaries, port),
        stop_signal=signal.SIGINT,  # "fast": does not wait for clients
        account=account,
    )
    program.start()
    return PostgresServer(port, program, binaries)


def empty_cluster() -> Path:
    """A fresh cluster to copy, made once."""
    version = subprocess.check_output([postgres_binaries() / "postgres", "--version"], text=True)
    return kept("postgres", [version, ROLE, PASSWORD], _make_cluster)


def _settings(port: int) -> Sequence[str]:
    values = {
        "port": port,
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
        "timezone": "UTC",
    }
    return [word for key, value in values.items() for word in ("-c", f"{key}={value}")]


def _takes_connections(binaries: Path, port: int) -> bool:
    words = ["-q", "-h", "127.0.0.1", "-p", str(port)]
    return subprocess.run([binaries / "pg_isready", *words], check=False).returncode == 0


def _make_cluster(target: Path) -> None:
    account = unprivileged_account()
    with Workshop() as workshop:
        room = workshop.directory / "initdb"
        room.mkdir()
        if account:
            shutil.chown(room, account)
        (secret := workshop.directory / "password").write_text(PASSWORD)
        options = ["-U", ROLE, "-A", "scram-sha-256", f"--pwfile={secret}"]
        options += ["-E", "UTF8", "--locale=C.UTF-8", "--no-sync"]
        done = subprocess.run(
            [postgres_binaries() / "initdb", "-D", room / "data", *options],
            capture_output=True,
            text=True,
            check=False,
            **as_account(account),
        )
        if done.returncode:
            raise MissingPartError(f"initdb failed: {done.stderr.strip()}")
        shutil.copytree(room / "data", target, dirs_exist_ok=True)
