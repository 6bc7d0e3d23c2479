"""What the CRM can be asked about e-mails to a customer, and what it answers."""

from dataclasses import dataclass
from typing import Literal

Fate = Literal[
    "sent", "waiting", "bounced", "no_address", "no_server", "failed", "stopped", "unsent", "gone"
]
"""What became of an e-mail. `waiting`: in the queue; `stopped`: somebody called it off;
`unsent`: this CRM keeps e-mails and sends none; `gone`: the CRM has none of that key."""


@dataclass(frozen=True, slots=True)
class MailState:
    """What became of the e-mail of a delivery."""

    key: str
    type: Literal["mail_state"] = "mail_state"


@dataclass(frozen=True, slots=True)
class MailFate:
    key: str
    fate: Fate
    reason: str = ""
    """The CRM's or the mail server's own words, where it failed."""
    type: Literal["mail_fate"] = "mail_fate"
