"""The shipped playbook with other lines in its [decision]: each rule there is one edit."""

from collections.abc import Sequence
from importlib.resources import files


def decided_by(lines: Sequence[str]) -> str:
    """The file with these lines in the place of its own of the same keys."""
    shipped = files("dialogs.playbook").joinpath("arts.toml").read_text(encoding="utf-8")
    head, table, own = shipped.partition("[decision]\n")
    keys = {line.partition(" = ")[0] for line in lines}
    kept = [line for line in own.splitlines() if line.partition(" = ")[0] not in keys]
    return head + table + "\n".join([*lines, *kept])
