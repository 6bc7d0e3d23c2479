"""Files that people send on the page: kept by the store until their record is in the CRM.

A page uploads each under an id of its own and then names them in a frame, so that both can be sent
again. Knows ids and bytes; who may send, the doors know.
"""

import logging
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import dataclass, replace

from dialogs.errors import ChatRefused, ChatUnavailable, StoreUnavailable
from dialogs.events import Shared

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Lockers:
    """Where the files are: by account and reference; one that is known stays as it is."""

    keep: Callable[[str, str, bytes], Awaitable[None]]
    """(account, ref, content); when it returns, the content is durable."""
    sizes: Callable[[str, Collection[str]], Awaitable[Mapping[str, int]]]
    content: Callable[[str, str], Awaitable[bytes | None]]
    done: Callable[[str, str], Awaitable[None]]
    """It is in the CRM: it is to be deleted here."""


class Luggage:
    """What is uploaded, named and fetched. All raise StoreUnavailable unless they say otherwise."""

    def __init__(self, lockers: Lockers) -> None:
        self._lockers = lockers

    async def keep(self, account: str, ref: str, content: bytes) -> None:
        await self._lockers.keep(account, ref, content)

    async def measured(self, account: str, shared: Shared) -> Shared | None:
        """The message with sizes and places of its files; None where one of them is not here.

        Only the account's own are looked for: nobody can name another's.
        """
        sizes = await self._lockers.sizes(account, [one.ref for one in shared.files])
        if any(one.ref not in sizes for one in shared.files):
            return None
        files = (
            replace(one, ref=f"{account}.{one.ref}", size=sizes[one.ref]) for one in shared.files
        )
        return replace(shared, files=tuple(files))

    async def fetch(self, ref: str, most: int) -> bytes:
        """See `dialogs.ports.FileKeeper`."""
        account, _, name = ref.partition(".")
        try:
            content = await self._lockers.content(account, name)
        except StoreUnavailable as error:
            raise ChatUnavailable(str(error)) from error
        if content is None:
            raise ChatRefused("the file is not kept any more")
        if len(content) > most:
            raise ChatRefused("the file is larger than is taken")
        return content

    async def let_go(self, ref: str) -> None:
        """See `dialogs.ports.OwnFiles`; what is not let go now goes with the texts of its time."""
        account, _, name = ref.partition(".")
        try:
            await self._lockers.done(account, name)
        except StoreUnavailable:
            log.warning("a file that is in the CRM stays here until the texts of its time go")
