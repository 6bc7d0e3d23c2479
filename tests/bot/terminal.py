"""The administrator's terminal inside the test's own process: a command, its status, its words."""

import io
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from unittest.mock import patch

from bot.__main__ import main


@dataclass(frozen=True)
class Ended:
    status: int
    said: str
    complained: str


class Terminal:
    """Commands on the files of one installation, beside its program or without it."""

    def __init__(self, variables: Mapping[str, str]) -> None:
        self._variables = variables

    def types(self, *words: str) -> Ended:
        said, complained = io.StringIO(), io.StringIO()
        ours = patch.dict("os.environ", self._variables)
        with ours, redirect_stdout(said), redirect_stderr(complained):
            status = main(words)
        return Ended(status, said.getvalue(), complained.getvalue())

    def hears(self, *words: str) -> str:
        """What a command says that has to work."""
        ended = self.types(*words)
        assert ended.status == 0, ended
        return ended.said
