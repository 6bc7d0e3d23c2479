"""Forms that ask the CRM first: what there is decides how they begin.

Knows the questions; who takes the answers is `dialogs.answered`'s subject.
"""

from collections.abc import Callable, Mapping

from dialogs.case import Case
from dialogs.lookups import Asking, Lookup
from dialogs.mail_lookups import Recipients
from dialogs.order_lookups import Quotations
from dialogs.playbook import Form
from dialogs.scene import Scene
from dialogs.turns import Turn

FIRST: Mapping[str, Callable[[Case], Lookup]] = {
    "recipients": lambda case: Recipients(case.id, case.customer),
    "quotations": lambda case: Quotations(case.id),
}
"""By the playbook's word for it, which is the purpose of the `Asking` too."""


def first(scene: Scene, form: Form, case: Case) -> Turn:
    """Ask; the form begins with the answer, or without one after a few seconds."""
    asked = Asking(FIRST[form.asks_first](case), form.asks_first, case.id)
    return Turn(scene.conversation, asks=(asked,))
