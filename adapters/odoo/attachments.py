"""Pictures as attachments of an opportunity: made before the note that names them, once each.

An external id makes each of them once; what an attempt left behind that broke off is found again by
the next one.
"""

import base64
from collections.abc import Sequence
from typing import Final

from adapters.odoo import keys
from adapters.odoo.driver import Session
from adapters.odoo.load import load
from dialogs.crm import Drawn

IF_ABSENT: Final = {"mode": "update", "noupdate": True}


def attach(odoo: Session, key: str, pictures: Sequence[Drawn], lead: int | None) -> tuple[int, ...]:
    """Make them stand and return their ids; a lead that is still to be made gets them later."""
    if not pictures:
        return ()
    place = {"res_model": "crm.lead"} | ({"res_id": str(lead)} if lead is not None else {})
    rows = [
        {
            "id": keys.file(key, number),
            "name": one.name,
            "mimetype": "image/png",
            "datas": base64.b64encode(one.png).decode(),
            **place,
        }
        for number, one in enumerate(pictures, start=1)
    ]
    return tuple(load(odoo, "ir.attachment", rows, IF_ABSENT))


def settle(odoo: Session, files: Sequence[int], lead: int) -> None:
    """Hang them below the opportunity that was made with their note."""
    if files:
        odoo.write("ir.attachment", "write", list(files), vals={"res_id": lead})
