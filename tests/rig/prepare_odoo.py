"""Runs inside Odoo's own Python: puts people, keys and ready-made web pages into a new database.

``python -P prepare_odoo.py CONFIG DATABASE``; standard input is a JSON list of people (``role``,
``name``, ``login``, ``email``, ``password``, ``group``, ``lang``, ``tz``), the last line of its
output gives ``user_id``, ``partner_id`` and ``api_key`` of each role. ``-P``, because a neighbour
of this file is called odoo too.
"""

import json
import sys
from typing import Any

from odoo import SUPERUSER_ID, api
from odoo.modules.registry import Registry
from odoo.tools import config

SCRIPTS = ("web.assets_web", "web.assets_frontend_minimal", "web.assets_frontend_lazy")
STYLES = ("web.assets_web", "web.assets_web_print", "web.assets_frontend")


def main(configuration: str, database: str) -> None:
    config.parse_config(["-c", configuration, "--no-http"], setup_logging=True)
    with Registry(database).cursor() as cursor:
        env = api.Environment(cursor, SUPERUSER_ID, {"no_reset_password": True})
        _name_company(env)
        made = {person["role"]: _person(env, person) for person in json.load(sys.stdin)}
        _prepare_pages(env)
    sys.stdout.write(json.dumps(made) + "\n")


def _name_company(env: Any) -> None:
    euro = env.ref("base.EUR")
    euro.active = True
    company = env.ref("base.main_company")
    company.write({"name": "Muster GmbH", "currency_id": euro.id})


def _prepare_pages(env: Any) -> None:
    """Bundle scripts and styles now, else the first page of every session takes 20 seconds."""
    for bundle in SCRIPTS:
        env["ir.qweb"]._get_asset_bundle(bundle, css=False, js=True).js()
    for bundle in STYLES:
        env["ir.qweb"]._get_asset_bundle(bundle, css=True, js=False).css()


def _person(env: Any, person: dict[str, str]) -> dict[str, Any]:
    facts = {key: person[key] for key in ("name", "login", "email", "password", "lang", "tz")}
    user = env["res.users"].search([("login", "=", person["login"])])
    if user:
        user.write(facts)
    else:
        group = env.ref(person["group"])
        user = env["res.users"].create({**facts, "group_ids": [(6, 0, [group.id])]})
    # As superuser, because a key that never expires is an administrator's to give.
    key = env["res.users.apikeys"].with_user(user).sudo()._generate(None, "rig", None)
    return {"user_id": user.id, "partner_id": user.partner_id.id, "api_key": key}


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
