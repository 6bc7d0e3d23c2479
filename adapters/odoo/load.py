"""Odoo's `load`: rows of named cells in, ids out. One call is one transaction.

A column `a/b` is the field b of the records under a; a further row with only such columns belongs
to the row above it. A column that is given empties the field where its cell is empty.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from adapters.odoo.driver import Session
from adapters.odoo.errors import rejected

Row = Mapping[str, str]


def load(odoo: Session, model: str, rows: Sequence[Row], context: Mapping[str, Any]) -> list[int]:
    """Write the rows, all or none, and return the ids of the outer records.

    Raises:
        CrmUnavailable: not reached, or another writer was faster.
        OdooRefused: Odoo does not take them.
    """
    columns = list(dict.fromkeys(column for row in rows for column in row))
    data = [[row.get(column, "") for column in columns] for row in rows]
    answer = odoo.write(model, "load", fields=columns, data=data, context=dict(context))
    if not answer["ids"]:
        raise rejected(answer["messages"])
    return list(answer["ids"])


def under(field: str, row: Row) -> dict[str, str]:
    """The same cells for a record that hangs below another one."""
    return {f"{field}/{column}": cell for column, cell in row.items()}
