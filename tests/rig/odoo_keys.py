"""API keys of a running Odoo, made as a person makes them: in a web session, with the password."""

from datetime import UTC, datetime, timedelta
from typing import Any

import httpx

DURATION = timedelta(days=30)  # Odoo allows an internal user 90


def make_key(url: str, database: str, login: str, password: str) -> str:
    """Log in as this person and make an API key for every kind of call."""
    with httpx.Client(base_url=url, timeout=60) as web:
        credentials = {"db": database, "login": login, "password": password}
        _ask(web, "/web/session/authenticate", credentials)
        wish = {"name": "rig", "duration": str(DURATION.days)}
        wish |= {"expiration_date": f"{datetime.now(UTC) + DURATION:%Y-%m-%d %H:%M:%S}"}
        description = _button(web, "res.users.apikeys.description", "create", [wish])
        check = _button(web, "res.users.apikeys.description", "make_key", [description])
        proof = {"context": {"password": password}}
        shown = _button(web, check["res_model"], "run_check", [check["res_id"]], proof)
        return str(shown["context"]["default_key"])


def _button(
    web: httpx.Client,
    model: str,
    method: str,
    args: list[Any],
    kwargs: dict[str, Any] | None = None,
) -> Any:
    params = {"model": model, "method": method, "args": args, "kwargs": kwargs or {}}
    return _ask(web, "/web/dataset/call_kw", params)


def _ask(web: httpx.Client, path: str, params: dict[str, Any]) -> Any:
    body = {"jsonrpc": "2.0", "method": "call", "params": params}
    answer = web.post(path, json=body).raise_for_status().json()
    if "error" in answer:
        raise ValueError(f"Odoo refuses {path}: {answer['error']['data']['message']}")
    return answer["result"]
