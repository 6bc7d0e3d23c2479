"""Pictures on their way into Slack: uploaded, seen by nobody yet; a message then shows them by id.

So what people see is one message, posted like any other. Whatever goes wrong with an upload is no
reason to hold back the text.
"""

import logging
from typing import Any

import aiohttp

from adapters.slack.calls import SECONDS, Web, answered
from dialogs.errors import ChatRefused, ChatUnavailable

NAME = "picture.png"
_log = logging.getLogger(__name__)


class Pictures:
    """The uploads of one app."""

    def __init__(self, web: Web) -> None:
        self._web = web

    async def upload(self, png: bytes, alt: str) -> str | None:
        """Upload it and return the file's id; None where Slack does not take it. Never raises."""
        try:
            return await self._uploaded(png, alt)
        except (ChatUnavailable, ChatRefused) as error:
            _log.warning("a picture is shown as text: %s", error)
            return None

    async def _uploaded(self, png: bytes, alt: str) -> str:
        place: Any = await answered(
            self._web.files_getUploadURLExternal(filename=NAME, length=len(png), alt_txt=alt)
        )
        await self._send(place["upload_url"], png)
        named = [{"id": place["file_id"], "title": NAME}]
        await answered(self._web.files_completeUploadExternal(files=named))
        return str(place["file_id"])

    async def _send(self, url: str, png: bytes) -> None:
        """Send the bytes to where Slack wants them.

        Raises:
            ChatUnavailable: they did not arrive.
        """
        session = self._web.session
        assert session is not None  # a call was made before
        limit = aiohttp.ClientTimeout(total=SECONDS)
        kind = {"content-type": "application/octet-stream"}
        try:
            sending = session.post(
                url, data=png, headers=kind, timeout=limit, proxy=self._web.proxy
            )
            async with sending as answer:
                if answer.status != 200:  # noqa: PLR2004 - HTTP's own
                    raise ChatUnavailable(f"Slack took no upload ({answer.status})")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise ChatUnavailable(f"the upload broke off ({type(error).__name__})") from error
