"""Odoo's configuration as tests need it: loopback only, no scheduled jobs, no outgoing mail."""

from pathlib import Path

from tests.rig.odoo_program import OdooProgram
from tests.rig.postgres import PASSWORD, ROLE, PostgresServer

DATABASE = "dealdesk_test"


def write_config(
    target: Path, program: OdooProgram, postgres: PostgresServer, data: Path, port: int
) -> Path:
    """Write ``target`` for a server on ``port`` that keeps its files in ``data``."""
    options = {
        "addons_path": program.addons,
        "data_dir": data,
        "db_host": "127.0.0.1",
        "db_port": postgres.port,
        "db_user": ROLE,
        "db_password": PASSWORD,
        "db_name": DATABASE,
        "dbfilter": f"^{DATABASE}$",
        "http_interface": "127.0.0.1",
        "http_port": port,
        "workers": 0,
        "max_cron_threads": 0,  # a scheduled job at a random moment would make tests random
        "smtp_server": "127.0.0.1",
        "smtp_port": 9,  # nobody listens
        "log_level": "warn",
    }
    lines = [f"{key} = {value}" for key, value in options.items()]
    target.write_text("\n".join(["[options]", *lines, ""]))
    return target
