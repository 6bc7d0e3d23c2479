"""Slack calls us: a signed HTTP request, judged before anything in it is believed.

Bolt checks the signature; what makes Bolt stumble instead of refusing is turned away first.
"""

from collections.abc import Mapping

from slack_bolt.async_app import AsyncApp, AsyncBoltRequest

from dialogs.limits import BODY
from dialogs.ports import HttpAnswer, HttpHook

PATH = "/slack/events"
_TIMESTAMP_DIGITS = 12


def webhook(app: AsyncApp) -> HttpHook:
    """Return the door for Slack's requests."""

    async def hook(body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        refusal = _refusal(body, headers)
        if refusal is not None:
            return refusal
        request = _request(body, headers)
        if request is None:
            return HttpAnswer(400, b"not a request of Slack's")
        answer = await app.async_dispatch(request)
        content_type = answer.first_headers()["content-type"]
        return HttpAnswer(answer.status, answer.body.encode(), content_type)

    return hook


def _refusal(body: bytes, headers: Mapping[str, str]) -> HttpAnswer | None:
    if len(body) > BODY:
        return HttpAnswer(413, b"too large")
    timestamp = headers.get("x-slack-request-timestamp", "")
    signature = headers.get("x-slack-signature", "")
    decimal = timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= _TIMESTAMP_DIGITS
    if not (decimal and signature.isascii()):
        return HttpAnswer(401, b"not signed by Slack")
    return None


def _request(body: bytes, headers: Mapping[str, str]) -> AsyncBoltRequest | None:
    """Read the request, or return None where that fails."""
    try:
        request = AsyncBoltRequest(body=body.decode(), headers=dict(headers))
    except Exception:  # noqa: BLE001 - nobody has signed this yet: however it fails, it is refused
        return None
    return request if isinstance(request.body, dict) else None
