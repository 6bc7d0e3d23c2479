"""The buttons of a lead, each with what it leads to. Who may is asked before, by the desk."""

from collections.abc import Callable, Mapping

from dialogs import lead_news, leads
from dialogs.tokens import FreeToken
from dialogs.turns import Turn, Wants

BUTTONS: Mapping[tuple[str, int], Callable[..., Turn]] = {
    ("ltake", 1): leads.taken,
    ("lwho", 1): leads.whom,
    ("lgive", 2): leads.taken,
    ("lno", 1): leads.declining,
    (lead_news.SHOW, 1): lead_news.shown,
}
"""By code and number of arguments."""
CODES = frozenset(code for code, _ in BUTTONS)


def wanted(token: FreeToken) -> Wants:
    """The case of the lead that the button is about."""
    return Wants(cases=(leads.case_id(token.args[0]),) if token.args else ())
