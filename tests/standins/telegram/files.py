"""Files that went through the chats: kept by identifier, found again by identifier or by path."""

from __future__ import annotations

import mimetypes
import secrets

from telegram.constants import FileSizeLimit

from tests.standins.telegram import pictures
from tests.standins.telegram.messages import Media
from tests.standins.telegram.refusals import bad_request

LARGEST_SUM = 10_000  # width plus height of a photo, in pixels
LARGEST_RATIO = 20


class Files:
    """Every file, by its `file_id`."""

    def __init__(self) -> None:
        self._by_id: dict[str, Media] = {}

    def keep(self, kind: str, name: str, content: bytes, **more: int) -> Media:
        """Store a file that comes in as `kind`, the name of the message's field for it."""
        width, height = pictures.size(content) or (0, 0)
        measured = {"width": width, "height": height} if kind in {"photo", "sticker"} else {}
        name = "photo.jpg" if kind == "photo" else name  # Telegram makes every photo a JPEG
        mime = mimetypes.guess_type(name)[0] or "application/octet-stream"
        media = Media(
            kind=kind,
            file_id=f"AgACAgIAAxkBAAI{secrets.token_urlsafe(24)}",
            unique_id=f"AQAD{secrets.token_urlsafe(9)}",
            name=name,
            mime=mime,
            content=content,
            **(measured | more),
        )
        self._by_id[media.file_id] = media
        return media

    def get(self, file_id: str) -> Media:
        """The file of this identifier.

        Raises:
            Refusal: there is none
        """
        if file_id not in self._by_id:
            raise bad_request("wrong file identifier/HTTP URL specified")
        return self._by_id[file_id]

    def path(self, media: Media) -> str:
        """Where the file can be downloaded, below /file/bot<token>/.

        Raises:
            Refusal: it is larger than bots may download
        """
        if len(media.content) > FileSizeLimit.FILESIZE_DOWNLOAD:
            raise bad_request("file is too big")
        number = list(self._by_id).index(media.file_id)
        return f"{media.kind}s/file_{number}{_suffix(media)}"

    def at(self, path: str) -> Media | None:
        """The file that can be downloaded at `path`."""
        small = (
            each
            for each in self._by_id.values()
            if len(each.content) <= FileSizeLimit.FILESIZE_DOWNLOAD
        )
        return next((each for each in small if self.path(each) == path), None)


def _suffix(media: Media) -> str:
    dot = media.name.rfind(".")
    return media.name[dot:] if dot > 0 else ""


def check_photo(content: bytes) -> None:
    """Telegram's conditions for a photo.

    Raises:
        Refusal: it is no picture, too large, or too narrow
    """
    limit = int(FileSizeLimit.PHOTOSIZE_UPLOAD)
    if len(content) > limit:
        text = (
            f"file of size {len(content)} bytes is too big for a photo; "
            f"the maximum size is {limit} bytes"
        )
        raise bad_request(text, "over_limit")
    size = pictures.size(content)
    if size is None:
        raise bad_request("IMAGE_PROCESS_FAILED", "bad_request")
    narrow, wide = sorted(size)
    if sum(size) > LARGEST_SUM or wide > LARGEST_RATIO * narrow:
        raise bad_request("PHOTO_INVALID_DIMENSIONS", "over_limit")
