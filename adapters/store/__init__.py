"""The durable store on SQLite or PostgreSQL: ports `Store` and `Books`."""

from adapters.store.store import open_store

__all__ = ["open_store"]
