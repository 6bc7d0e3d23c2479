"""Odoo 19 as a program: Debian's package unpacked, and a Python environment that can run it."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.rig import debian, environment
from tests.rig.places import REPOSITORY, kept

FROM_SID = (
    "odoo-19",
    "fonts-montserrat",
    "fonts-roboto-unhinted",
    "fonts-ocr-b",
    "libjs-jquery",
    "libjs-jquery-form",
    "libjs-underscore",
)
# Odoo's pages link to files that sid's versions of these have moved.
FROM_OWN_RELEASE = ("fonts-font-awesome", "fonts-inconsolata")
LOCK = REPOSITORY / "tests" / "rig" / "requirements-odoo.lock"


@dataclass(frozen=True, slots=True)
class OdooProgram:
    """How to call it: ``[python, "-m", "odoo", …]`` in this ``environment``."""

    python: Path
    root: Path

    @property
    def packages(self) -> Path:
        return self.root / "usr" / "lib" / "python3" / "dist-packages"

    @property
    def addons(self) -> Path:
        return self.packages / "odoo" / "addons"

    @property
    def environment(self) -> dict[str, str]:
        return {"PYTHONPATH": str(self.packages), "PYTHONDONTWRITEBYTECODE": ""}


@cache
def odoo_program() -> OdooProgram:
    """Odoo, ready to be called; the first time on a machine it is fetched (about 150 MB)."""
    root = kept("odoo-root", [*FROM_SID, *FROM_OWN_RELEASE], _unpack)
    python = kept("odoo-python", [LOCK.read_text()], lambda place: environment.fill(place, LOCK))
    return OdooProgram(python / "bin" / "python", root)


def _unpack(target: Path) -> None:
    debian.unpack(target, FROM_SID, FROM_OWN_RELEASE)
