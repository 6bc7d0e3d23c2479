"""The durable store on SQLite or PostgreSQL: ports `Store` and `Books`."""

from adapters.store.backup import copy_database, dump_command, file_of
from adapters.store.store import open_store

__all__ = ["copy_database", "dump_command", "file_of", "open_store"]
