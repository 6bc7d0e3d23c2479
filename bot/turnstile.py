"""Who may put how much into the inbox: counts before the store is asked, per account and in all.

Knows limits and arrivals; what a barred person is told is the desk's business. Its counts are of
this process and end with it.
"""

import asyncio
import logging
from collections import Counter, deque
from dataclasses import dataclass, field, replace
from itertools import islice

from dialogs.errors import StoreUnavailable
from dialogs.events import Arrival, Barred, FromPerson, Said, Shared, Submitted
from dialogs.limits import LIMITS, MESSAGE, Limits, Rate
from dialogs.ports import Accept, Receipt
from dialogs.shows import FormErrors

log = logging.getLogger(__name__)

ACCOUNTS = 10_000
"""Accounts that are counted at a time; those seen longest ago are forgotten first."""


@dataclass(slots=True)
class _Account:
    """What one account did lately. Times are epoch milliseconds."""

    inputs: deque[int] = field(default_factory=deque)
    forged: deque[int] = field(default_factory=deque)
    told: bool = False
    """It was told to slow down and has not slowed down since."""
    muted_until: int = 0


class Turnstile:
    """Stands before an inbox; `accept` is that of the inbox, with limits."""

    def __init__(self, accept: Accept, limits: Limits = LIMITS) -> None:
        self.refused: Counter[str] = Counter()
        """Inputs that were not let in as they were, by reason: pace, length, forged, load."""
        self._accept, self._limits = accept, limits
        self._accounts: dict[tuple[str, str], _Account] = {}
        self._passed: deque[float] = deque()

    async def accept(self, arrival: Arrival) -> Receipt:
        """See `dialogs.ports.Accept`; what is dropped counts as kept, so that it is let go.

        Raises:
            StoreUnavailable: nothing was kept, or too many come at once.
        """
        account = self._account(arrival)
        admitted = self._admitted(account, arrival)
        if admitted is None:
            return Receipt(new=False, reply=_waiting_page(arrival.event))
        await self._passage()
        receipt = await self._counted(account, admitted)
        if receipt.forged:
            await self._forged(account, admitted)
        return receipt

    def _account(self, arrival: Arrival) -> _Account:
        key = (arrival.address.channel, arrival.address.account)
        account = self._accounts.pop(key, None) or _Account()
        self._accounts[key] = account
        if len(self._accounts) > ACCOUNTS:
            for old in list(islice(self._accounts, ACCOUNTS // 10)):
                del self._accounts[old]
        return account

    def _admitted(self, account: _Account, arrival: Arrival) -> Arrival | None:
        """What may come in: the arrival, the word that it may not, or nothing at all."""
        if arrival.at < account.muted_until:
            self.refused["forged"] += 1
            return None
        if self._limits.account and _full(account.inputs, self._limits.account, arrival.at):
            return self._slowed(account, arrival)
        account.told = False
        length = len(_words(arrival.event))
        if length > MESSAGE:
            self.refused["length"] += 1
            return replace(arrival, event=Barred("length", length))
        return arrival

    def _slowed(self, account: _Account, arrival: Arrival) -> Arrival | None:
        self.refused["pace"] += 1
        if account.told:
            return None
        account.told = True
        log.warning("%s sends too much at once; some of it is dropped", arrival.address.account)
        return replace(arrival, event=Barred("pace"))

    async def _counted(self, account: _Account, arrival: Arrival) -> Receipt:
        """Accept it; a redelivery, or what was not kept, is no input of anybody's."""
        account.inputs.append(arrival.at)
        counts = False
        try:
            receipt = await self._accept(arrival)
            counts = receipt.new
        finally:
            if not counts and arrival.at in account.inputs:
                account.inputs.remove(arrival.at)
        return receipt

    async def _forged(self, account: _Account, arrival: Arrival) -> None:
        self.refused["forged"] += 1
        account.forged.append(arrival.at)
        if not _full(account.forged, self._limits.forged, arrival.at):
            return
        account.forged.clear()
        account.muted_until = arrival.at + self._limits.mute_ms
        log.error(
            "%s presses buttons that dealdesk never made; not heard for %d minutes",
            arrival.address.account,
            self._limits.mute_ms // 60_000,
        )
        word = replace(arrival, source_key=f"{arrival.source_key}:muted", event=Barred("forged"))
        await self._accept(word)

    async def _passage(self) -> None:
        """Wait until all together may have one more."""
        rate = self._limits.everybody
        if rate is None:
            return
        now = asyncio.get_running_loop().time() * 1000
        turn = max(now, self._passed[0] + rate.within_ms) if _filled(self._passed, rate) else now
        if turn - now > self._limits.patience_s * 1000:
            self.refused["load"] += 1
            raise StoreUnavailable("more comes in than is taken; it stays with the platform")
        self._passed.append(turn)
        if turn > now:
            await asyncio.sleep((turn - now) / 1000)


def _words(event: FromPerson) -> str:
    """What was typed as a message."""
    match event:
        case Said():
            return event.text
        case Shared():
            return event.caption
        case _:
            return ""


def _filled(moments: "deque[float]", rate: Rate) -> bool:
    while len(moments) > rate.most:
        moments.popleft()
    return len(moments) == rate.most


def _full(moments: "deque[int]", rate: Rate, at: int) -> bool:
    """Whether the rate is used up at that moment; what comes late, out of order, is let be."""
    while len(moments) > rate.most:
        moments.popleft()
    return len(moments) == rate.most and 0 <= at - moments[0] < rate.within_ms


def _waiting_page(event: FromPerson) -> FormErrors | None:
    """A form page that is not taken stays open with what was typed."""
    if not isinstance(event, Submitted) or not event.values:
        return None
    return FormErrors(((next(iter(event.values)), "…"),))
