"""Programs that run beside the tests and end with them; knows no particular program."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.rig.places import REPOSITORY, MissingPartError

STARTING = 60.0  # seconds a server may take to answer; ours need 2
ENDING = 30.0  # seconds it may take to end when asked to
PAUSE = 0.05


class Program:
    """A server that can be started, stopped and killed, each any number of times."""

    def __init__(
        self,
        workshop: "Workshop",
        command: Sequence[str | Path],
        *,
        answers: Callable[[], bool],
        stop_signal: signal.Signals = signal.SIGTERM,
        account: str | None = None,
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self._workshop = workshop
        self._command = [str(word) for word in command]
        self._answers = answers
        self._stop_signal = stop_signal
        self._account = account
        self._environment = {**os.environ, **(environment or {})}
        self._process: subprocess.Popen[bytes] | None = None
        self.log = workshop.directory / f"{Path(self._command[0]).name}-{id(self)}.log"
        workshop.admit(self)

    @property
    def pid(self) -> int:
        """The process's id, for signals of a test's own; an error where it does not run."""
        assert self._process, "the program does not run"
        return self._process.pid

    def start(self) -> None:
        """Start unless it runs; return when it answers."""
        if self._process is None or self._process.poll() is not None:
            self._process = self._spawn()
            self._workshop.watch(self._process.pid)
            self._await_answer(self._process)

    def stop(self) -> None:
        """Ask it to end and wait until it has."""
        self._end(self._stop_signal)

    def kill(self) -> None:
        """End it, and its own children, without a chance to clear up."""
        self._end(signal.SIGKILL)

    def _spawn(self) -> subprocess.Popen[bytes]:
        with self.log.open("ab") as log:
            return subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self._workshop.directory,
                env=self._environment,
                start_new_session=True,
                **as_account(self._account),
            )

    def _await_answer(self, process: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + STARTING
        while not self._answers():
            if process.poll() is not None or time.monotonic() > deadline:
                self.kill()
                tail = self.log.read_text(errors="replace")[-2000:]
                raise MissingPartError(f"{self._command[0]} does not start. Its log ends:\n{tail}")
            time.sleep(PAUSE)

    def _end(self, sign: signal.Signals) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        family = [process.pid, *_children(process.pid)] if sign == signal.SIGKILL else [process.pid]
        for member in family:
            with suppress(ProcessLookupError):
                os.kill(member, sign)
        process.wait(ENDING)


class Workshop:
    """A temporary directory and the programs that run in it; both go when it is closed or dies."""

    def __init__(self) -> None:
        self.directory = Path(tempfile.mkdtemp(prefix="dealdesk-"))
        self.directory.chmod(0o755)  # PostgreSQL's own account passes through
        self._programs: list[Program] = []
        self._warden = subprocess.Popen(
            [sys.executable, "-m", "tests.rig.warden", self.directory],
            stdin=subprocess.PIPE,
            cwd=REPOSITORY,
            start_new_session=True,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self.close()

    def admit(self, program: Program) -> None:
        """Take a program in; those that came last leave first."""
        self._programs.append(program)

    def watch(self, process: int) -> None:
        """Have this process ended at the latest with the session."""
        assert self._warden.stdin
        self._warden.stdin.write(f"{process}\n")
        self._warden.stdin.flush()

    def close(self) -> None:
        """End what runs, at once, and remove the directory."""
        assert self._warden.stdin
        for program in reversed(self._programs):
            program.kill()
        self._warden.stdin.close()
        self._warden.wait()


def as_account(name: str | None) -> dict[str, Any]:
    """What ``subprocess`` needs to run a program as another account; nothing for our own."""
    if name is None:
        return {}
    return {"user": name, "group": pwd.getpwnam(name).pw_gid, "extra_groups": []}


def unprivileged_account() -> str | None:
    """Who runs a program that refuses root: nobody else where we are not root ourselves."""
    if os.geteuid() != 0:
        return None
    names = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in names else "nobody"


def copied(source: Path, target: Path, account: str | None) -> Path:
    """A copy of a directory that belongs to ``account``."""
    shutil.copytree(source, target, symlinks=True)
    if account:
        group = pwd.getpwnam(account).pw_gid
        for path in (target, *target.rglob("*")):
            shutil.chown(path, account, group)
    return target


def free_port() -> int:
    """A loopback port nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def port_answers(port: int) -> bool:
    with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
        return True
    return False


def _children(process: int) -> list[int]:
    with suppress(OSError):
        text = Path(f"/proc/{process}/task/{process}/children").read_text()
        return [int(word) for word in text.split()]
    return []
