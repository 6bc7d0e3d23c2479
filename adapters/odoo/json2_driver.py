"""Odoo's JSON-2 through httpx: version 19 and later, with an API key.

Requests run on an event loop of the driver's own, because only cancellation ends an answer that
dribbles in byte by byte: httpx's timeouts restart with every byte, headers included.
"""

import asyncio
import logging
import threading
import time
from typing import Any

import httpx

from adapters.odoo.account import Account
from adapters.odoo.driver import Call
from adapters.odoo.errors import OdooRefused, fault, page, unreached
from dialogs.errors import CrmUnavailable

for _name in ("httpx", "httpcore"):
    if logging.getLogger(_name).level == logging.NOTSET:  # `bot.logs` may have set it
        logging.getLogger(_name).setLevel(logging.WARNING)


class Json2Driver:
    """One client with kept connections; used by many threads."""

    name = "json2"

    def __init__(self, account: Account) -> None:
        self._account = account
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
        asked = asyncio.run_coroutine_threadsafe(self._post(call, until), self._loop)
        try:
            answer = asked.result()
        except (httpx.HTTPError, TimeoutError) as error:
            raise unreached(error) from None
        return self._result(answer)

    def close(self) -> None:
        if not self._loop.is_closed():
            asyncio.run_coroutine_threadsafe(self._client.aclose(), self._loop).result()
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    async def _post(self, call: Call, until: float) -> httpx.Response:
        body = dict(call.named)
        if call.ids is not None:
            body["ids"] = list(call.ids)
        try:
            async with asyncio.timeout(until - time.monotonic()):
                return await self._client.post(f"{call.model}/{call.method}", json=body)
        except TimeoutError:
            raise TimeoutError("the time for this call is over") from None

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
