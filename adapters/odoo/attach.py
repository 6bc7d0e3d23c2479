"""Files of an entry, as attachments of its opportunity: each once, by an external id of its own.

`load` can't make them together with the note, so they come after it, and a delivery counts as made
only when they stand too: whoever finds the note looks for them first.
"""

import base64
from typing import Final

from adapters.odoo import keys
from adapters.odoo.driver import Session
from adapters.odoo.entry import QUIET
from adapters.odoo.load import Row, load
from adapters.odoo.standing import reference
from dialogs.crm import Delivery
from dialogs.files import Attached

MODEL: Final = "ir.attachment"


def attach(odoo: Session, delivery: Delivery, lead: int) -> None:
    """Make what is missing; one that stands is left alone."""
    for number, one in enumerate(delivery.files):
        name = keys.file(delivery.key, number)
        if one.content and reference(odoo, name) is None:
            load(odoo, MODEL, (_row(name, one, lead),), QUIET)


def _row(name: str, file: Attached, lead: int) -> Row:
    return {
        "id": name,
        "name": file.name,
        "datas": base64.b64encode(file.content).decode(),
        "mimetype": file.type,
        "res_model": "crm.lead",
        "res_id": str(lead),
    }
