"""The content of a file that somebody sent in Slack, fetched with the bot's token.

The address is Slack's word, so it is held to Slack's own hosts: the token goes nowhere else, and
no redirect is followed (without the right `files:read` Slack sends to its sign-in page).
"""

from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp

from adapters.slack.calls import SECONDS, Web, answered
from dialogs.errors import ChatRefused, ChatUnavailable

HOSTS = ("files.slack.com", "slack.com")


async def content(web: Web, file_id: str, most: int) -> bytes:
    """Return what the file holds.

    Raises:
        ChatUnavailable: not reached, or Slack asks to wait.
        ChatRefused: it is gone, larger than `most` bytes, or kept where no token may go.
    """
    told = (await answered(web.files_info(file=file_id))).get("file") or {}
    url = str(told.get("url_private_download") or told.get("url_private") or "")
    if not _ours(url, web.base_url):
        raise ChatRefused("Slack keeps this file elsewhere")
    try:
        return await _downloaded(web, url, most)
    except (aiohttp.ClientError, TimeoutError, OSError) as error:
        raise ChatUnavailable(f"Slack can't be reached ({type(error).__name__})") from error


def _ours(url: str, api: str) -> bool:
    parts, own = urlsplit(url), urlsplit(api)
    if (parts.scheme, parts.netloc) == (own.scheme, own.netloc):
        return True
    return parts.scheme == "https" and parts.hostname in HOSTS


async def _downloaded(web: Web, url: str, most: int) -> bytes:
    headers = {"Authorization": f"Bearer {web.token}"}
    limit = aiohttp.ClientTimeout(total=SECONDS)
    async with (
        aiohttp.ClientSession(timeout=limit, trust_env=web.proxy is not None) as session,
        session.get(url, headers=headers, allow_redirects=False) as answer,
    ):
        if answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR or answer.status == 429:  # noqa: PLR2004 - HTTP's own
            raise ChatUnavailable("Slack asks to wait for a file")
        if answer.status != HTTPStatus.OK or answer.content_type == "text/html":
            raise ChatRefused("Slack does not hand the file out: reinstall the app with files:read")
        found = await answer.content.read(most + 1)
        while found and len(found) <= most and (more := await answer.content.read(most + 1)):
            found += more
    if len(found) > most:
        raise ChatRefused("the file is larger than Slack said")
    return found
