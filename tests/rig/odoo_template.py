"""The prepared Odoo: a database with CRM and people in it, made once, copied by each session."""

import json
import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from tests.rig.odoo_config import DATABASE, write_config
from tests.rig.odoo_program import OdooProgram, odoo_program
from tests.rig.people import PEOPLE, OdooUser
from tests.rig.places import MissingPartError, kept
from tests.rig.postgres import empty_cluster, serve_cluster
from tests.rig.processes import Workshop

MODULES = "crm,calendar,sale_crm"
SCRIPT = Path(__file__).with_name("prepare_odoo.py")
LANGUAGES = "en_US,de_DE"  # the first is the default


@dataclass(frozen=True, slots=True)
class OdooTemplate:
    """What a session copies: PostgreSQL's ``cluster``, Odoo's ``files``; and who is in it."""

    directory: Path

    @property
    def cluster(self) -> Path:
        return self.directory / "cluster"

    @property
    def files(self) -> Path:
        return self.directory / "files"

    @property
    def people(self) -> dict[str, OdooUser]:
        told = json.loads((self.directory / "people.json").read_text())
        return {
            role: OdooUser(
                name=person.name, login=person.login, password=person.password, **told[role]
            )
            for role, person in PEOPLE.items()
        }


def odoo_template() -> OdooTemplate:
    """The prepared database; the first time on a machine it takes about a minute."""
    program = odoo_program()
    made_from = [program.root.name, program.python.parts[-3], empty_cluster().name]
    parts = [MODULES, LANGUAGES, SCRIPT.read_text(), repr(PEOPLE)]
    return OdooTemplate(kept("odoo-template", [*made_from, *parts], _prepare))


def _prepare(target: Path) -> None:
    program = odoo_program()
    with Workshop() as workshop:
        postgres = serve_cluster(workshop, empty_cluster())
        files = workshop.directory / "files"
        config = write_config(workshop.directory / "odoo.conf", program, postgres, files, 0)
        _install_modules(program, config)
        people = _admit_people(program, config)
        postgres.stop()
        shutil.copytree(workshop.directory / f"cluster-{postgres.port}", target / "cluster")
        shutil.copytree(files, target / "files")
        (target / "people.json").write_text(json.dumps(people))


def _install_modules(program: OdooProgram, config: Path) -> None:
    words = ["-i", MODULES, "--load-language", LANGUAGES, "--stop-after-init", "--no-http"]
    _run(program, ["-m", "odoo", "-c", config, *words, "--without-demo", "True"], "")


def _admit_people(program: OdooProgram, config: Path) -> dict[str, dict[str, object]]:
    wanted = [
        {"role": role, "email": person.email, **asdict(person)} for role, person in PEOPLE.items()
    ]
    told = _run(program, ["-P", SCRIPT, config, DATABASE], json.dumps(wanted))
    people: dict[str, dict[str, object]] = json.loads(told.splitlines()[-1])
    return people


def _run(program: OdooProgram, words: Sequence[str | Path], text: str) -> str:
    done = subprocess.run(
        [program.python, *words],
        env={**os.environ, **program.environment},
        input=text,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise MissingPartError(f"Odoo could not be prepared. It says: {done.stderr[-3000:]}")
    return done.stdout
