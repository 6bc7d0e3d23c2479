"""A dealdesk of one test's own: the command line, its folder, the running program."""

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx

from tests.rig.places import REPOSITORY
from tests.rig.processes import Program, Workshop, free_port

COMMAND = (sys.executable, "-m", "bot")


class Installation:
    """`python -m bot <command>` with a folder and a port that stay when it is started again."""

    def __init__(self, workshop: Workshop, command: str, **settings: str) -> None:
        self.port = free_port()
        self.data = workshop.directory / f"data-{self.port}"
        self.url = f"http://127.0.0.1:{self.port}"
        self._settings = {
            "PYTHONPATH": str(REPOSITORY),
            "DEALDESK_DATA": str(self.data),
            "DEALDESK_LISTEN": f"127.0.0.1:{self.port}",
            "DEALDESK_PACE": "0",  # a test types faster than any person
            **settings,
        }
        self.program = Program(
            workshop, [*COMMAND, command], answers=self._answers, environment=self._settings
        )

    @property
    def log(self) -> str:
        return self.program.log.read_text(errors="replace")

    def runs(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """Run another command of the same installation to its end."""
        environment: Mapping[str, str] = {**os.environ, **self._settings, **settings}
        command = [*COMMAND, *words]
        return subprocess.run(
            command, env=environment, capture_output=True, text=True, check=False, cwd=Path("/")
        )

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/readyz", trust_env=False).is_success
        except httpx.TransportError:
            return False
