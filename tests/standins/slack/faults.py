"""Faults that a test orders in advance: the next call of a method goes wrong in a given way.

Knows what was ordered; carrying it out is the Web API's business.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .methods import methods

BROKEN = ("500", "503", "hang", "reset")
EVERY = "*"


@dataclass
class Fault:
    """`how` is an error that the method documents, an HTTP status, "hang" or "reset".

    With `accepted` the call takes effect and only its answer is lost. `channel` limits the fault to
    calls for that channel; `times` counts down.
    """

    method: str
    how: str
    times: int = 1
    accepted: bool = False
    retry_after: int = 30
    channel: str | None = None

    def fits(self, method: str, args: Mapping[str, Any]) -> bool:
        named = self.method in {method, EVERY}
        return named and self.channel in {None, args.get("channel")}


class Faults:
    """The faults still to come, oldest first."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def plan(self, fault: Fault) -> None:
        """Order a fault.

        Raises:
            ValueError: for an error that Slack does not document for this method, or one that
                cannot come after the call was accepted.
        """
        known = fault.method == EVERY or fault.method in methods()
        if not known:
            raise ValueError(f"{fault.method} is no method of Slack's Web API")
        if fault.how not in BROKEN:
            self._documented(fault)
        self._planned.append(fault)

    def take(self, method: str, args: Mapping[str, Any]) -> Fault | None:
        """The fault that meets this call, if any."""
        for fault in self._planned:
            if fault.fits(method, args):
                self._count_down(fault)
                return fault
        return None

    def clear(self) -> None:
        self._planned.clear()

    def _count_down(self, fault: Fault) -> None:
        fault.times -= 1
        if fault.times <= 0:
            self._planned.remove(fault)

    def _documented(self, fault: Fault) -> None:
        if fault.accepted:
            raise ValueError(f"an accepted call can only end in one of {BROKEN}")
        name = "auth.test" if fault.method == EVERY else fault.method
        if not methods()[name].documents(fault.how):
            raise ValueError(f"{fault.method} does not document {fault.how}; see methods.json")
