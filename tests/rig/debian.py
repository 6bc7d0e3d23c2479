"""Debian packages, fetched with the machine's own apt and unpacked, never installed.

apt checks the archive's signature and every package's hash as it always does; only its
configuration and state are private. The mirror is the one the machine itself uses.
"""

import platform
import re
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.rig.places import MissingPartError

KEYRING = Path("/usr/share/keyrings/debian-archive-keyring.gpg")


def mirror(release: str) -> str:
    """The address from which this machine takes Debian's ``release``, as apt itself reads it.

    Other archives may carry the release's name too: the one that also has its updates goes first.
    """
    listed = subprocess.run(
        ["apt-get", "update", "--print-uris"], capture_output=True, text=True, check=False
    ).stdout
    suites = re.findall(r"^'(\S+)/dists/([^/]+)/InRelease'", listed, re.MULTILINE)
    named: list[str] = [address for address, suite in suites if suite == release]
    updated = [address for address, suite in suites if suite == f"{release}-updates"]
    chosen = [address for address in named if address in updated] or named
    if not chosen:
        raise MissingPartError(
            f"apt knows no archive of Debian {release} on this machine, so Odoo's package cannot "
            "be fetched. Name one in /etc/apt/sources.list.d and try again."
        )
    return chosen[0]


def unpack(target: Path, sid: Sequence[str], own_release: Sequence[str]) -> None:
    """Unpack packages of ``sid``, and some of the machine's own release, into ``target``."""
    release = platform.freedesktop_os_release()["VERSION_CODENAME"]
    wanted = [f"{name}/sid" for name in sid] + [f"{name}/{release}" for name in own_release]
    with tempfile.TemporaryDirectory(prefix="dealdesk-apt-", dir=target.parent) as scratch:
        apt = _PrivateApt(Path(scratch), ("sid", release))
        apt.get("update")
        apt.get("download", *wanted)
        for package in sorted(Path(scratch).glob("*.deb")):
            subprocess.run(["dpkg", "-x", package, target], check=True)


class _PrivateApt:
    """apt with package lists of its own: needs no root and leaves the system's lists alone."""

    def __init__(self, scratch: Path, suites: Sequence[str]) -> None:
        self._scratch = scratch
        sources = scratch / "rig.list"
        signed = f"[signed-by={KEYRING}] " if KEYRING.exists() else ""
        address = mirror(suites[-1])
        sources.write_text("".join(f"deb {signed}{address} {s} main\n" for s in suites))
        for folder in ("state/lists/partial", "cache/archives/partial"):
            (scratch / folder).mkdir(parents=True)
        (scratch / "status").touch()
        self._options = {
            "Dir::State": scratch / "state",
            "Dir::State::status": scratch / "status",
            "Dir::Cache": scratch / "cache",
            "Dir::Etc::sourcelist": sources,
            "Dir::Etc::sourceparts": "-",
            "APT::Sandbox::User": "root",  # its other choice cannot write into our folders
            "APT::Update::Error-Mode": "any",  # a list that was not fetched is no list
            "Acquire::Retries": 3,
            "Acquire::Languages": "none",
        }

    def get(self, *words: str) -> None:
        options = [f"--option={key}={value}" for key, value in self._options.items()]
        command = ["apt-get", "--quiet", *options, *words]
        done = subprocess.run(
            command, cwd=self._scratch, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise MissingPartError(
                f"apt-get {words[0]} failed for {' '.join(words[1:]) or 'the package lists'}. "
                f"Check that this machine's Debian archive answers. apt says: {done.stderr.strip()}"
            )
