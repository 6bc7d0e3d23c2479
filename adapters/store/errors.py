"""Errors that mean a fault of the program; a caller can't mend them by waiting."""

from dialogs.errors import DealdeskError


class StoreFault(DealdeskError):  # noqa: N818 - it names whose fault it is
    """The tables forbid what was asked; nothing was kept, and trying again changes nothing."""


class LostRace(StoreFault):
    """A row was not as it was when the decision on it was made; its lock should prevent that."""
