"""Forms that ask the CRM first: what there is decides how they begin.

Knows the questions; who takes the answers is `dialogs.answered`'s subject.
"""

from collections.abc import Callable, Mapping

from dialogs.case import Case
from dialogs.customer_lookups import Contacts, Subject
from dialogs.lookups import Asking, Lookup
from dialogs.order_lookups import Quotations
from dialogs.playbook import Form
from dialogs.scene import Scene
from dialogs.turns import Turn


def company(case: Case | None) -> int | None:
    """The CRM's id of the customer, as far as the case knows."""
    if case is None:
        return None
    return case.company or (case.customer.id if case.customer else None)


def subject(case: Case) -> Subject:
    return Subject(case.id, case.lead)


FIRST: Mapping[str, Callable[[Case], Lookup]] = {
    "recipients": lambda case: Contacts(company(case), subject(case)),
    "contacts": lambda case: Contacts(company(case), subject(case)),
    "quotations": lambda case: Quotations(subject(case)),
}
"""By the playbook's word for it, which is the purpose of the `Asking` too."""


def first(scene: Scene, form: Form, case: Case) -> Turn:
    """Ask; the form begins with the answer, or without one after a few seconds."""
    asked = Asking(FIRST[form.asks_first](case), form.asks_first, case.id)
    return Turn(scene.conversation, asks=(asked,))
