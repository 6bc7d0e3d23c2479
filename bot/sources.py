"""Where settings come from: the process, `.env`, files of the secrets folder, the keyring.

Knows files and their rights; knows no setting but those that say where to look. A secret that
others can read is refused, with the command that mends it.
"""

import importlib
import os
import stat
from collections.abc import Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from pathlib import Path

from dialogs.errors import BadConfiguration

PREFIX = "DEALDESK_"
FOLDER = Path("/run/secrets")
DOTENV = Path(".env")
FOR_OTHERS = stat.S_IRWXG | stat.S_IRWXO


def gathered(secret: AbstractSet[str], folder: Path | None = None) -> dict[str, str]:
    """Settings by name: of the process over `.env` over the secrets folder over the keyring.

    `secret` are the names whose files nobody else may read.

    Raises:
        BadConfiguration: with a line for each file that is missing, unreadable or open to others.
    """
    complaints: list[str] = []
    process = {key: value for key, value in os.environ.items() if key.startswith(PREFIX)}
    where = folder or _folder(process, complaints)
    given = dict(_files(where, secret, complaints))
    given |= _dotenv(DOTENV, secret, complaints)
    given |= process
    if complaints:
        raise BadConfiguration("\n".join(complaints))
    service = given.get("DEALDESK_KEYRING", "").strip()
    return (_keyring(service, secret - given.keys()) if service else {}) | given


def _folder(process: Mapping[str, str], complaints: list[str]) -> Path:
    named = process.get("DEALDESK_SECRETS", "").strip()
    folder = Path(named) if named else FOLDER
    if named and not folder.is_dir():
        complaints.append(
            f"DEALDESK_SECRETS names {named}, and no such folder is there: make it and put a file "
            "for each secret into it, or leave the setting out."
        )
    return folder


def _files(
    folder: Path, secret: Collection[str], complaints: list[str]
) -> Iterator[tuple[str, str]]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        name = path.name.upper()
        if name.startswith(PREFIX) and not path.is_dir():
            trouble = _trouble(path, folder) if name in secret else ""
            value = _read(path, complaints) if not trouble else ""
            complaints += [trouble] if trouble else []
            yield name, value.strip()


def _trouble(path: Path, folder: Path) -> str:
    """What is wrong with a file that holds a secret; empty when nothing is."""
    if not path.exists():
        return f"{path} leads nowhere: put the secret where the link points to, or remove the link."
    if path.stat().st_mode & FOR_OTHERS and not _mounted(path, folder):
        return f"{path} holds a secret and others can read it: run `chmod 600 {path.resolve()}`."
    return ""


def _mounted(path: Path, folder: Path) -> bool:
    """True for what Docker or Kubernetes mount: its rights are the container's, not a neighbour's.

    They mount 0444 and 0644, and inside a container there is nobody else to read it.
    """
    return os.path.ismount(folder) or os.path.ismount(path)


def _read(path: Path, complaints: list[str]) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        why = type(error).__name__
        complaints.append(
            f"{path} can't be read ({why}): let it be a text file of the user who runs dealdesk."
        )
        return ""


def _dotenv(path: Path, secret: Collection[str], complaints: list[str]) -> dict[str, str]:
    if not path.is_file():
        return {}
    lines = (line.strip() for line in _read(path, complaints).splitlines())
    pairs = (line.partition("=") for line in lines if line and not line.startswith("#"))
    found = {key.strip(): value.strip().strip("\"'") for key, _, value in pairs}
    held = sorted(name for name, value in found.items() if value and name in secret)
    if held and path.stat().st_mode & FOR_OTHERS:
        complaints.append(f"{path} holds {held[0]} and others can read it: run `chmod 600 {path}`.")
    return found


def _keyring(service: str, names: Collection[str]) -> dict[str, str]:
    """What the operating system's keyring keeps for that service, by the settings' names."""
    try:
        keyring = importlib.import_module("keyring")
    except ImportError as error:
        raise BadConfiguration(
            f"DEALDESK_KEYRING needs the package of keyrings ({error}): install dealdesk[keyring], "
            "or leave the setting out."
        ) from None
    try:
        kept = {name: keyring.get_password(service, name) for name in sorted(names)}
    except Exception as error:  # noqa: BLE001 - each system's keyring has errors of its own
        raise BadConfiguration(
            f"The keyring can't be asked for {service!r} ({type(error).__name__}): unlock it, or "
            "leave DEALDESK_KEYRING out and use a file of the secrets folder."
        ) from None
    return {name: value for name, value in kept.items() if value}
