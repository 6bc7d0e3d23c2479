"""The way to the app by HTTP: signed requests to its one address, as Slack sends them."""

import hashlib
import hmac
import json
import time
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import httpx

from .clock import Clock, before
from .delivery import ACK_SECONDS, Delivery, Reply
from .violations import Violations

AGENT = "Slackbot 1.0 (+https://api.slack.com/robots)"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's signature, version 0, of a request body."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def signed_headers(secret: str, body: bytes, at: float) -> dict[str, str]:
    timestamp = str(int(at))
    return {
        "User-Agent": AGENT,
        "X-Slack-Request-Timestamp": timestamp,
        "X-Slack-Signature": signature(secret, timestamp, body),
    }


def encoded(delivery: Delivery) -> tuple[bytes, str]:
    """Body and content type: JSON for events, a form for interactions and commands."""
    if delivery.kind == "events_api":
        return json.dumps(delivery.payload).encode(), "application/json"
    fields = delivery.payload
    if delivery.kind == "interactive":
        fields = {"payload": json.dumps(delivery.payload)}
    return urlencode(fields).encode(), "application/x-www-form-urlencoded"


class HttpDoor:
    """POSTs to `address`; `signed_at` gives the time to sign, which the app checks by its own."""

    def __init__(
        self,
        address: str,
        secret: str,
        clock: Clock,
        violations: Violations,
        signed_at: Callable[[], float] = time.time,
    ) -> None:
        self.address = address
        self._secret = secret
        self._clock = clock
        self._violations = violations
        self._signed_at = signed_at
        self._client = httpx.AsyncClient(timeout=None)

    async def attempt(self, delivery: Delivery, number: int, reason: str) -> Reply:
        body, kind = encoded(delivery)
        headers = signed_headers(self._secret, body, self._signed_at()) | {"Content-Type": kind}
        if number:
            headers |= {"X-Slack-Retry-Num": str(number), "X-Slack-Retry-Reason": reason}
        post = self._client.post(self.address, content=body, headers=headers)
        try:
            return self._reply(delivery, await before(self._clock, delivery.deadline, post))
        except TimeoutError:
            self._violations.record("unacked", delivery.name, "no HTTP answer within 3 s")
            return Reply(accepted=False, reason="http_timeout")
        except httpx.TransportError:
            return Reply(accepted=False, reason="connection_failed")

    async def verifies(self) -> None:
        """The handshake at set-up: the app must give back the challenge.

        Raises:
            ValueError: where it does not.
        """
        challenge = hashlib.sha256(self.address.encode()).hexdigest()
        asked = {"type": "url_verification", "token": "verification", "challenge": challenge}
        delivery = Delivery("events_api", asked, self._clock.now() + ACK_SECONDS)
        reply = await self.attempt(delivery, 0, "")
        said = reply.body.get("challenge") if isinstance(reply.body, dict) else reply.body
        if said != challenge:
            raise ValueError(f"{self.address} did not give back the challenge: {reply}")

    async def close(self) -> None:
        await self._client.aclose()

    def _reply(self, delivery: Delivery, response: httpx.Response) -> Reply:
        if response.is_success:
            return Reply(accepted=True, body=_body(response))
        detail = f"HTTP {response.status_code}: {response.text[:200]}"
        self._violations.record("non_2xx", delivery.name, detail)
        final = response.headers.get("x-slack-no-retry") == "1"
        return Reply(accepted=False, reason="http_error", final=final)


def _body(response: httpx.Response) -> Any:
    if not response.content:
        return None
    if response.headers.get("content-type", "").startswith("application/json"):
        return response.json()
    return response.text
