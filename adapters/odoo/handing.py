"""Activities that we made and that another colleague is to see to from now on.

They are written by their number below the opportunity, in the transaction of the note that marks
the delivery as done; one that is done, or that people gave to somebody else, is left alone.
"""

from adapters.odoo import keys
from adapters.odoo.driver import Session
from adapters.odoo.entry import Known
from adapters.odoo.people import CrmUser
from dialogs.crm import Hands


def handed(odoo: Session, hands: Hands, known: Known, was: CrmUser | None) -> tuple[int, ...]:
    """Ids of those that are open and still with whoever had them."""
    names = (keys.activity(key) for key in hands.keys)
    ours = [known.open[name] for name in names if name in known.open]
    domain = [("id", "in", ours), ("user_id", "=", was.id if was else False)]
    return tuple(odoo.call("mail.activity", "search", domain=domain)) if ours else ()
