"""Makes the lock files anew: ``python -m tests.rig.lock``, after a change of the dependencies.

Every line of a lock file names a version and the hashes of its files, for every platform; none
says where the files come from.
"""

import subprocess
import tomllib

from tests.rig.environment import PYTHON, installer
from tests.rig.places import REPOSITORY, plainly

CHOICE = ("--universal", "--python-version", PYTHON, "--upgrade")
FORM = ("--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet")
PROJECT = ("pyproject.toml", "-", "--extra", "postgresql")
LOCKS = {
    "requirements.lock": PROJECT,
    "requirements-dev.lock": (*PROJECT, "--group", "dev", "--constraint", "requirements.lock"),
    "tests/rig/requirements-odoo.lock": ("tests/rig/requirements-odoo.in",),
    "tests/rig/requirements-uv.lock": ("tests/rig/requirements-uv.in",),
}


def main() -> None:
    """Write all lock files; versions are the newest that fit."""
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())
    # With them in the environment the project itself is installed without fetching anything.
    builders = "\n".join([*project["build-system"]["requires"], "editables"])
    for lock, sources in LOCKS.items():
        words = ["pip", "compile", *sources, *CHOICE, *FORM, "--output-file", lock]
        subprocess.run([installer(), *words], input=builders, cwd=REPOSITORY, check=True, text=True)


if __name__ == "__main__":
    with plainly():
        main()
