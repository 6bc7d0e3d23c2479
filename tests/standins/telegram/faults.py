"""Faults that a test orders: the next call of a method is refused, lost, or left hanging."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from tests.standins.telegram.refusals import Refusal
from tests.standins.telegram.waiting import Bell

if TYPE_CHECKING:
    from collections.abc import Coroutine

Lost = Literal["hang", "reset", "bad_gateway"]


@dataclass(frozen=True)
class Fault:
    """What happens to a call.

    `accepted` says whether the call takes effect before its answer is lost. Either it is refused
    with `refusal`, or its answer is `lost`: nothing is ever answered, the connection breaks, or a
    proxy answers 502 with a page instead of JSON.
    """

    refusal: Refusal | None = None
    lost: Lost | None = None
    accepted: bool = False


HANG = Fault(lost="hang")
RESET = Fault(lost="reset")
BAD_GATEWAY = Fault(lost="bad_gateway")
ACCEPT_THEN_HANG = Fault(lost="hang", accepted=True)
ACCEPT_THEN_RESET = Fault(lost="reset", accepted=True)


@dataclass
class _Order:
    fault: Fault
    left: int | None


class Faults:
    """The faults that are still to come, by method."""

    def __init__(self) -> None:
        self._orders: dict[str, list[_Order]] = {}
        self._mended = Bell()

    def order(self, method: str, fault: Fault | Refusal, times: int | None = 1) -> None:
        """Let the next `times` calls of `method` fail; None: until `mend`."""
        if isinstance(fault, Refusal):
            fault = Fault(refusal=fault)
        self._orders.setdefault(method.lower(), []).append(_Order(fault, times))

    def next(self, method: str) -> Fault | None:
        """The fault for this call, which is thereby used up."""
        orders = self._orders.get(method.lower(), [])
        if not orders:
            return None
        order = orders[0]
        if order.left is not None:
            order.left -= 1
            if order.left == 0:
                orders.pop(0)
        return order.fault

    def mend(self, method: str | None = None) -> None:
        """Forget the faults of a method, or all; calls that hang are let go (without an answer)."""
        if method is None:
            self._orders.clear()
        else:
            self._orders.pop(method.lower(), None)
        self._mended.notify()

    def mended(self) -> Coroutine[Any, Any, int]:
        """Wait until, from this call on, faults are mended."""
        return self._mended.after(self._mended.count)
