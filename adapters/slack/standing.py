"""Whether the app still belongs to the workspace, and whether Slack reaches us."""

import logging

_log = logging.getLogger(__name__)

REMOVED = "the app was removed from the Slack workspace: install it again"


class Standing:
    """What is the matter with the app; each of it is said once."""

    def __init__(self) -> None:
        self.removed = ""
        self.unconnected = ""

    @property
    def trouble(self) -> str:
        return self.removed or self.unconnected

    def lost(self) -> None:
        """Slack told us that the app was removed."""
        if not self.removed:
            self.removed = REMOVED
            _log.error("%s", REMOVED)

    def works(self) -> None:
        """Slack took a call of ours."""
        self.removed = ""
