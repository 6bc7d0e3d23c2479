"""What a person sees in Odoo's own interface: its web client's calls, with a login and a session.

Knows Odoo; knows no transcript, no key and no marker of dealdesk.
"""

import re
from collections.abc import Sequence
from html import unescape
from types import TracebackType
from typing import Any, Self

import httpx

from tests.rig.odoo import OdooServer, OdooUser

PATIENCE = 60.0  # seconds
NAME: dict[str, Any] = {"fields": {"display_name": {}}}
"""How the web client asks for what a link leads to."""
CARD = {
    "name": {},
    "stage_id": NAME,
    "partner_id": NAME,
    "user_id": NAME,
    "expected_revenue": {},
    "tag_ids": NAME,
}
"""What a card of the pipeline shows."""
FORM = {
    **CARD,
    "active": {},
    "won_status": {},
    "probability": {},
    "team_id": NAME,
    "contact_name": {},
    "email_from": {},
    "lost_reason_id": NAME,
    "quotation_count": {},
    "activity_ids": {"fields": {"summary": {}, "date_deadline": {}, "user_id": NAME}},
    "x_dealdesk_decision": {},
    "x_dealdesk_decision_reason": {},
}
"""What the form of an opportunity shows, smart buttons and our tab among it."""
MEETING = {"name": {}, "start": {}, "stop": {}, "partner_ids": NAME, "location": {}}
ORDER = {
    "state": {},
    "partner_id": NAME,
    "amount_untaxed": {},
    "order_line": {"fields": {"name": {}, "product_uom_qty": {}, "price_unit": {}}},
}
_FIRST = re.compile(r"<p[^>]*>(.*?)</p>", re.DOTALL)
_TAG = re.compile(r"<[^>]+>")


class WebClient:
    """`with WebClient(odoo, user)`: logged in as that person."""

    def __init__(self, odoo: OdooServer, user: OdooUser) -> None:
        """Log in."""
        self._http = httpx.Client(base_url=odoo.url, timeout=PATIENCE)
        who = {"db": odoo.database, "login": user.login, "password": user.password}
        session = self._asked("/web/session/authenticate", **who)
        assert session["uid"] == user.user_id

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self._http.close()

    def pipeline(self) -> list[dict[str, Any]]:
        """The cards of the pipeline."""
        return list(self._found("crm.lead", [("type", "=", "opportunity")], CARD))

    def form(self, opportunity: int) -> dict[str, Any]:
        """The form of an opportunity."""
        return self._read("crm.lead", opportunity, FORM)

    def meetings(self, opportunity: int) -> list[dict[str, Any]]:
        """What the button Meetings of the form leads to, the first one first."""
        found = self._found("calendar.event", [("opportunity_id", "=", opportunity)], MEETING)
        return sorted(found, key=lambda one: str(one["start"]))

    def quotation(self, opportunity: int) -> dict[str, Any]:
        """What the button Quotations of the form leads to, where there is one."""
        action = self._call("crm.lead", "action_view_sale_quotation", [[opportunity]])
        return self._read("sale.order", action["res_id"], ORDER)

    def chatter(self, record: int, model: str = "crm.lead") -> list[tuple[str, str]]:
        """Author and first line of each note below the form, the oldest first."""
        told = self._asked(
            "/mail/thread/messages",
            thread_model=model,
            thread_id=record,
            fetch_params={"limit": 100},
        )
        people = {one["id"]: one["name"] for one in told["data"]["res.partner"]}
        shown = sorted(told["data"]["mail.message"], key=lambda one: int(one["id"]))
        notes = [(people.get(_author(one), ""), _first_line(_body(one))) for one in shown]
        return [note for note in notes if note[1]]

    def _found(self, model: str, domain: Sequence[Any], shown: dict[str, Any]) -> Any:
        said = {"domain": list(domain), "specification": shown}
        return self._call(model, "web_search_read", [], **said)["records"]

    def _read(self, model: str, record: int, shown: dict[str, Any]) -> dict[str, Any]:
        (one,) = self._call(model, "web_read", [[record]], specification=shown)
        return dict(one)

    def _call(self, model: str, method: str, args: list[Any], **named: Any) -> Any:
        path = f"/web/dataset/call_kw/{model}/{method}"
        return self._asked(path, model=model, method=method, args=args, kwargs=named)

    def _asked(self, path: str, **params: Any) -> Any:
        body = {"jsonrpc": "2.0", "method": "call", "params": params}
        answer = self._http.post(path, json=body).raise_for_status().json()
        assert "error" not in answer, answer["error"]
        return answer["result"]


def _author(message: dict[str, Any]) -> int | None:
    author = message.get("author_id") or message.get("author")
    return author["id"] if isinstance(author, dict) else author or None


def _body(message: dict[str, Any]) -> str:
    body = message.get("body") or ""
    return str(body[1] if isinstance(body, list) else body)


def _first_line(body: str) -> str:
    found = _FIRST.search(body)
    return " ".join(unescape(_TAG.sub("", found[1] if found else "")).split())
