"""The errors that cross a border, sorted by who can act. Foreign errors stay in their adapter."""


class DealdeskError(Exception):
    """Base of all errors of ours; the message says what happened and what to do."""


class BadPlaybook(DealdeskError):  # noqa: N818 - the process owner reads it: it names the fault
    """The playbook is wrong; the message names the place and the remedy. The process owner acts."""


class BadConfiguration(DealdeskError):  # noqa: N818 - see BadPlaybook
    """Settings are wrong or missing; all mistakes at once. Whoever starts the program acts."""


class CrmUnavailable(DealdeskError):  # noqa: N818 - see BadPlaybook
    """The CRM did not answer, or not clearly: the outcome is unknown. Time acts: same key again."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        """Keep the CRM's own waiting time (seconds), where it named one."""
        super().__init__(message)
        self.retry_after = retry_after


class CrmRefused(DealdeskError):  # noqa: N818 - see BadPlaybook
    """The CRM said no and will say so again. An administrator acts; `deliveries` shows it."""


class CrmDenied(CrmRefused):
    """The CRM does not accept our credentials: nothing is wrong with what waits.

    An administrator acts; until then entries wait like in an outage.
    """


class OwnKeyDenied(CrmDenied):
    """The CRM no longer accepts somebody's own key. They act; only their entries wait."""


class ChatUnavailable(DealdeskError):  # noqa: N818 - see BadPlaybook
    """The chat platform did not answer or asks to wait. Time acts."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        """Keep the platform's own waiting time (seconds), where it named one."""
        super().__init__(message)
        self.retry_after = retry_after


class ChatDenied(ChatUnavailable):
    """The platform does not accept our token, or the app was removed. An administrator acts.

    Until then nothing is sent, and what waits is kept.
    """


class ChatRefused(DealdeskError):  # noqa: N818 - see BadPlaybook
    """The platform will not deliver this message."""


class ChatClosed(ChatRefused):
    """The platform will deliver nothing to this chat: we are blocked, it is archived, or gone."""


class ChatMoved(DealdeskError):  # noqa: N818 - see BadPlaybook
    """The chat goes on under another name of the platform's; show it there."""

    def __init__(self, chat: str) -> None:
        """Keep the new name."""
        super().__init__(f"the chat is {chat} now")
        self.chat = chat


class StoreUnavailable(DealdeskError):  # noqa: N818 - see BadPlaybook
    """The store is busy, full or away; nothing was kept, so nothing may be acknowledged."""


class StoreInterrupted(StoreUnavailable):
    """Others held the same rows, or the connection broke: the same again may work at once."""


class NotDrawn(DealdeskError):  # noqa: N818 - see BadPlaybook
    """A picture could not be drawn; what it shows is told as text."""
