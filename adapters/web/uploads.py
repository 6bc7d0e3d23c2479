"""The door for files: bytes of somebody whose token opens a chat, bounded in size, number and time.

Answers when the bytes are durable, so that the page may name them. The name of a file does not
come here: it comes with the message.
"""

import asyncio
from collections import Counter, defaultdict, deque
from collections.abc import Iterator
from contextlib import contextmanager

from aiohttp import web

from adapters.web.channel import account_of
from adapters.web.door import same_origin
from adapters.web.frames import ID
from adapters.web.hooks import closing, in_time
from adapters.web.site import Site
from dialogs.errors import StoreUnavailable
from dialogs.files import type_of
from dialogs.limits import FILE, LIMITS

PATIENCE_S = 300.0
"""How long a file may take to arrive: 10 MiB at the pace of a bad mobile connection."""
AT_ONCE, AT_ONCE_OF_ONE = 16, 3
"""Files on their way in, of all and of one account: each is held in memory as it comes."""
ACCOUNTS = 10_000


class UploadDoor:
    """The endpoint `/upload/<id>`."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._under_way: Counter[str] = Counter()
        self._lately: defaultdict[str, deque[float]] = defaultdict(deque)

    async def take(self, request: web.Request) -> web.Response:
        """Who may not send is told before a byte of the file is read."""
        kind, _, token = request.headers.get("authorization", "").partition(" ")
        account = account_of(token)
        known = kind.casefold() == "bearer" and self._site.who(account) is not None
        if not known or not same_origin(request):
            return closing("stranger", 403)
        ref = str(request.match_info["ref"])
        if not ID.fullmatch(ref):
            return closing("not_understood", 400)
        if not self._free(account):
            return closing("busy", 429)
        with self._counted(account):
            body = await in_time(request, FILE, PATIENCE_S)
            return body if isinstance(body, web.Response) else await self._kept(account, ref, body)

    async def _kept(self, account: str, ref: str, content: bytes) -> web.Response:
        if not content:
            return web.Response(text="file_empty", status=400)
        if type_of(content) is None:
            return web.Response(text="file_kind", status=415)
        try:
            await self._site.chat.luggage.keep(account, ref, content)
        except StoreUnavailable:
            return web.Response(text="store", status=503)
        return web.Response(text="kept")

    def _free(self, account: str) -> bool:
        """Whether one more may come in now; it is the page that tries again."""
        now, rate = asyncio.get_running_loop().time() * 1000, LIMITS.uploads
        if len(self._lately) > ACCOUNTS:
            self._lately.clear()
        lately = self._lately[account]
        while lately and now - lately[0] >= rate.within_ms:
            lately.popleft()
        many = self._under_way.total() >= AT_ONCE or self._under_way[account] >= AT_ONCE_OF_ONE
        if many or len(lately) >= rate.most:
            return False
        lately.append(now)
        return True

    @contextmanager
    def _counted(self, account: str) -> Iterator[None]:
        self._under_way[account] += 1
        try:
            yield
        finally:
            self._under_way[account] -= 1
            self._under_way = +self._under_way
