"""Files that people sent on the page: whole, by chat and reference, until they are in the CRM."""

from collections.abc import Collection

from sqlalchemy import ClauseElement, delete, func, or_, select, update

from adapters.store.engine import Engine
from adapters.store.recipes import Source, batch, fixed, single
from adapters.store.tables import upload
from dialogs.rows import Upload

KEY = (upload.c.chat, upload.c.ref)


@batch(*KEY, upload.c.content, upload.c.at)
def kept_upload(brought: Source) -> ClauseElement:
    return brought.insert(upload).on_conflict_do_nothing(index_elements=["chat", "ref"])


@batch(*KEY)
def measured_upload(brought: Source) -> ClauseElement:
    found = select(upload.c.ref, func.length(upload.c.content))
    return found.where(*(upload.c[name] == at for name, at in brought.c.items()))


@single(*KEY)
def whole_upload(brought: Source) -> ClauseElement:
    here = (upload.c[name] == brought.c[name] for name in ("chat", "ref"))
    return select(upload.c.content).where(*here)


@single(upload.c.chat)
def own_upload(brought: Source) -> ClauseElement:
    found = select(upload.c.ref, upload.c.content, upload.c.at)
    return found.where(upload.c.chat == brought.c["chat"]).order_by(upload.c.at, upload.c.ref)


@batch(*KEY, upload.c.done)
def done_upload(brought: Source) -> ClauseElement:
    here = (upload.c[name] == brought.c[name] for name in ("chat", "ref"))
    return update(upload).values(done=brought.c["done"]).where(*here)


@batch(upload.c.at)
def old_upload(brought: Source) -> ClauseElement:
    return delete(upload).where(or_(upload.c.done > fixed(0), upload.c.at < brought.c["at"]))


@batch(upload.c.chat)
def left_upload(brought: Source) -> ClauseElement:
    return delete(upload).where(upload.c.chat == brought.c["chat"])


class Uploads:
    """The part of `Books` that keeps what was uploaded."""

    _engine: Engine

    def keep_upload(self, chat: str, ref: str, content: bytes, now: int) -> None:
        self._engine.count(kept_upload, [(chat, ref, content, now)])

    def upload_sizes(self, chat: str, refs: Collection[str]) -> dict[str, int]:
        rows = self._engine.rows(measured_upload, [(chat, ref) for ref in set(refs)])
        return dict(rows)

    def upload(self, chat: str, ref: str) -> bytes | None:
        rows = self._engine.ask(whole_upload, chat, ref)
        return next((bytes(content) for (content,) in rows), None)

    def uploads(self, chat: str) -> list[Upload]:
        rows = self._engine.ask(own_upload, chat)
        return [Upload(ref, bytes(content), at) for ref, content, at in rows]

    def uploaded(self, chat: str, ref: str, now: int) -> None:
        self._engine.count(done_upload, [(chat, ref, now)])
