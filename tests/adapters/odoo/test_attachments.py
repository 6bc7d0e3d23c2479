"""Files and pictures of an entry whose way breaks off between two calls: each hangs there once."""

from contextlib import suppress
from dataclasses import replace

import pytest

from adapters.odoo import OdooCrm
from dialogs.errors import CrmUnavailable
from tests.adapters.odoo.relay import Lost, Relay
from tests.contracts.crm.attachments import LETTER, PICTURE
from tests.contracts.crm.wishes import deliver, new_case, plain
from tests.rig.odoo import OdooServer

STEPS = (
    "ir.attachment.load",
    "crm.lead.load",
    "crm.lead.search_read",
    "mail.message.search_read",
    "ir.attachment.write",
)


@pytest.mark.parametrize("step", STEPS)
def test_a3_what_belongs_to_a_broken_entry_hangs_there_once_in_the_end(
    crm: OdooCrm, relay: Relay, odoo: OdooServer, step: str
) -> None:
    deliver(crm, plain(new_case()))  # logs in
    wish = replace(plain(new_case(), customer=None), files=(LETTER,), pictures=(PICTURE,))
    relay.plan = lambda asked: Lost() if asked.what == step else None
    with suppress(CrmUnavailable):  # a lost answer to the entry itself is found at once
        deliver(crm, wish)
    relay.plan = lambda _asked: None
    made = crm.deliver(wish, fresh=False)
    hung = [("res_model", "=", "crm.lead"), ("res_id", "=", made.opportunity)]
    rows = odoo.call("ir.attachment", "search_read", hung, ["name"])
    assert sorted(row["name"] for row in rows) == ["letter.pdf", "matrix.png"]
