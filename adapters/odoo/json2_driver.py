"""Odoo's JSON-2 through httpx: version 19 and later, with an API key.

Requests run on an event loop of the driver's own, because only cancellation ends an answer that
dribbles in byte by byte: httpx's timeouts restart with every byte, headers included.
"""

import asyncio
import logging
import threading
import time
from concurrent.futures import CancelledError, Future
from typing import Any

import httpx

from adapters.odoo.account import Account
from adapters.odoo.driver import Call
from adapters.odoo.errors import OdooRefused, fault, page, unreached
from dialogs.errors import CrmUnavailable

for _name in ("httpx", "httpcore"):
    if logging.getLogger(_name).level == logging.NOTSET:  # `bot.logs` may have set it
        logging.getLogger(_name).setLevel(logging.WARNING)

CLOSED = "the way to the CRM was closed before it answered"


class Json2Driver:
    """One client with kept connections; used by many threads."""

    name = "json2"

    def __init__(self, account: Account) -> None:
        self._account = account
        self._lock, self._closed = threading.Lock(), False
        self._posts: set[asyncio.Task[Any]] = set()
        self._loop = asyncio.new_event_loop()
        self._client = httpx.AsyncClient(
            base_url=f"{account.site}/json/2/",
            headers={
                "Authorization": f"bearer {account.secret}",
                "X-Odoo-Database": account.database,
            },
            timeout=None,  # noqa: S113 - `_post` bounds the whole request
        )
        self._thread = threading.Thread(
            target=self._loop.run_forever, name="odoo-json2", daemon=True
        )
        self._thread.start()

    def call(self, call: Call, until: float) -> Any:
        asked = self._begun(call, until)
        try:
            answer = asked.result()
        except (httpx.HTTPError, TimeoutError) as error:
            raise unreached(error) from None
        except CancelledError:
            raise CrmUnavailable(CLOSED) from None
        return self._result(answer)

    def close(self) -> None:
        """Calls that are under way end without an answer: whoever waits for one is let go."""
        with self._lock:
            already, self._closed = self._closed, True
        if not already:
            asyncio.run_coroutine_threadsafe(self._end(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    def _begun(self, call: Call, until: float) -> "Future[httpx.Response]":
        with self._lock:
            if self._closed:
                raise CrmUnavailable(CLOSED)
            return asyncio.run_coroutine_threadsafe(self._post(call, until), self._loop)

    async def _end(self) -> None:
        posts = list(self._posts)
        for post in posts:
            post.cancel()
        await asyncio.gather(*posts, return_exceptions=True)
        await self._client.aclose()

    async def _post(self, call: Call, until: float) -> httpx.Response:
        self._under_way(asyncio.current_task())
        body = dict(call.named)
        if call.ids is not None:
            body["ids"] = list(call.ids)
        try:
            async with asyncio.timeout(until - time.monotonic()):
                return await self._client.post(f"{call.model}/{call.method}", json=body)
        except TimeoutError:
            raise TimeoutError("the time for this call is over") from None

    def _under_way(self, post: "asyncio.Task[Any] | None") -> None:
        if post is not None:
            self._posts.add(post)
            post.add_done_callback(self._posts.discard)

    def _result(self, response: httpx.Response) -> Any:
        try:
            answer = response.json()
        except ValueError:
            raise page(response.status_code, response.headers.get("Retry-After")) from None
        if response.is_success:
            return answer
        raise self._meaning(response, answer)

    def _meaning(self, response: httpx.Response, answer: Any) -> CrmUnavailable | OdooRefused:
        pause = response.headers.get("Retry-After")
        if not isinstance(answer, dict) or "name" not in answer:
            return page(response.status_code, pause)
        message = self._account.without_secret(str(answer.get("message", "")))
        return fault(str(answer["name"]), message, pause)
