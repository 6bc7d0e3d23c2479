"""The table of what is kept, as docs/privacy.md shows it. Reads the declaration; writes no file."""

from adapters.store.keeping import KEPT

HEADS = "| table | a row is | why | until |\n| --- | --- | --- | --- |\n"


def kept_table() -> str:
    """A line for each table, in the order of the declaration."""
    return HEADS + "".join(
        f"| `{table.name}` | {kept.what} | {kept.why} | {kept.until} |\n"
        for table, kept in KEPT.items()
    )
