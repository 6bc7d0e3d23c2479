"""Carries updates to the bot's webhook, as the Bot API server does.

Updates of a chat go one after another, and so do button presses of a person; different chats do
not wait for each other. What is not answered with 2xx is sent again: at once, after 2, 4, 8 … s,
up to between one and two minutes, until it expires.
"""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import httpx

from tests.standins.telegram.refusals import Refusal, bad_request

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.standins.telegram.clock import Clock
    from tests.standins.telegram.updates import Update, Updates

PORTS = frozenset({80, 88, 443, 8443})
LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
PATIENCE = 60.0  # seconds that the bot has for its answer
LONGEST_DELAY = 60.0
LONGEST_RETRY_AFTER = 3600
GIVES_UP_GONE = 23 * 3600.0  # seconds of nothing but 410 after which the webhook is removed
GONE = 410


@dataclass(frozen=True)
class Settings:
    """What `setWebhook` asked for."""

    url: str
    secret: str = ""
    max_connections: int = 40
    ip_address: str | None = None


def check_url(url: str) -> None:
    """Telegram's conditions for the address; addresses of this machine need no HTTPS here.

    Raises:
        Refusal: Telegram would not deliver there
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_request("invalid webhook URL specified", "bad_request") from None
    if not parts.hostname:
        raise bad_request("invalid webhook URL specified", "bad_request")
    if parts.hostname not in LOOPBACK:
        _check_public(parts.scheme, port)


def _check_public(scheme: str, port: int | None) -> None:
    if scheme != "https":
        raise _bad("An HTTPS URL must be provided for webhook")
    if port is not None and port not in PORTS:
        raise _bad("Webhook can be set up only on ports 80, 88, 443 or 8443")


def _bad(why: str) -> Refusal:
    return bad_request(f"bad webhook: {why}", "bad_request")


class Webhook:
    """The webhook that is set; `close` ends it."""

    def __init__(
        self,
        settings: Settings,
        clock: Clock,
        updates: Updates,
        delivered: Callable[[Update], None],
    ) -> None:
        self.settings = settings
        self.last_error: tuple[int, str] | None = None
        self._clock = clock
        self._updates = updates
        self._delivered = delivered
        self._busy: set[str] = set()
        self._gone_since: float | None = None
        self.given_up = False  # nothing but "410 Gone" for so long that the webhook is removed
        self._places = asyncio.Semaphore(settings.max_connections)
        self._client = httpx.AsyncClient(timeout=PATIENCE, trust_env=False)
        self._tasks: set[asyncio.Task[None]] = {asyncio.create_task(self._watch())}

    async def close(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    def info(self) -> dict[str, Any]:
        """What `getWebhookInfo` tells of it, beyond what is true of every webhook."""
        shown: dict[str, Any] = {"max_connections": self.settings.max_connections}
        if self.settings.ip_address:
            shown["ip_address"] = self.settings.ip_address
        if self.last_error is not None:
            shown["last_error_date"], shown["last_error_message"] = self.last_error
        return shown

    async def _watch(self) -> None:
        """Give every queue that has something a task of its own."""
        while not self.given_up:
            changed = asyncio.ensure_future(self._updates.changed())
            for update in self._updates.pending():
                if update.queue not in self._busy:
                    self._start(update.queue)
            await changed

    def _start(self, queue: str) -> None:
        self._busy.add(queue)
        task = asyncio.create_task(self._empty(queue))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _empty(self, queue: str) -> None:
        try:
            while not self.given_up and (update := self._head(queue)):
                await self._deliver(update)
        finally:
            self._busy.discard(queue)

    def _head(self, queue: str) -> Update | None:
        return next((each for each in self._updates.pending() if each.queue == queue), None)

    async def _deliver(self, update: Update) -> None:
        """Send one update until it arrives or expires."""
        delay, failures = 1.0, 0
        while update.expires_at > self._clock.now() and not self.given_up:
            async with self._places:
                wait = await self._try(update)
            if wait is None:
                self._updates.forget(update)
                self._delivered(update)
                return
            if wait == 0 and failures > 0:
                delay = min(delay * 2, random.uniform(LONGEST_DELAY, 2 * LONGEST_DELAY))
                wait = delay
            failures += 1
            await self._clock.sleep(wait)

    async def _try(self, update: Update) -> float | None:
        """None when it arrived, else the seconds that the bot asked to wait."""
        try:
            response = await self._post(update)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            return self._failed(f"Connection failed: {error}")
        self._watch_for_gone(response.status_code)
        if response.is_success:
            return None
        reason = f"{response.status_code} {response.reason_phrase}"
        self._failed(f"Wrong response from the webhook: {reason}")
        return _asked_delay(response)

    async def _post(self, update: Update) -> httpx.Response:
        if urlsplit(self.settings.url).hostname not in LOOPBACK:
            raise httpx.ConnectError("the stand-in delivers to this machine only")
        secret = {SECRET_HEADER: self.settings.secret} if self.settings.secret else {}
        return await self._client.post(self.settings.url, json=update.as_json(), headers=secret)

    def _failed(self, why: str) -> float:
        self.last_error = (int(self._clock.now()), why)
        return 0.0

    def _watch_for_gone(self, status: int) -> None:
        now = self._clock.now()
        if status != GONE:
            self._gone_since = None
        elif self._gone_since is None:
            self._gone_since = now
        else:
            self.given_up = now - self._gone_since > GIVES_UP_GONE


def _asked_delay(response: httpx.Response) -> float:
    asked = response.headers.get("Retry-After", "")
    return min(int(asked), LONGEST_RETRY_AFTER) if asked.isdigit() else 0.0
