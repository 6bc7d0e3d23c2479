"""A CRM with a plug: pulled, it is away; everything else is the CRM behind it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from dialogs.crm import CrmNeeds, Delivery, DeliveryReceipt, Finding, Staff, Standing
from dialogs.errors import CrmUnavailable
from dialogs.events import Hit
from dialogs.lookups import Answer, Lookup
from dialogs.ports import Crm


@dataclass
class Switched:
    """See `dialogs.ports.Crm`."""

    crm: Crm
    away: bool = False

    def turn(self, *, on: bool) -> None:
        self.away = not on

    def deliver(self, delivery: Delivery, *, fresh: bool) -> DeliveryReceipt:
        return self._reached().deliver(delivery, fresh=fresh)

    def stands(self, key: str) -> bool:
        return self._reached().stands(key)

    def search_customers(self, text: str, limit: int) -> tuple[Hit, ...]:
        return self._reached().search_customers(text, limit)

    def look_up(self, lookup: Lookup) -> Answer:
        return self._reached().look_up(lookup)

    def staff(self, login: str) -> Staff | None:
        return self._reached().staff(login)

    def standing(
        self, colleagues: Sequence[Staff], groups: Collection[str]
    ) -> tuple[Standing, ...]:
        return self._reached().standing(colleagues, groups)

    def staff_at(self, email: str) -> Staff | None:
        return self._reached().staff_at(email)

    def notify(self, user: int, subject: str, text: str) -> None:
        self._reached().notify(user, subject, text)

    def examine(self, needs: CrmNeeds) -> tuple[Finding, ...]:
        return self._reached().examine(needs)

    def prepare(self, needs: CrmNeeds, *, dry_run: bool) -> tuple[Finding, ...]:
        return self._reached().prepare(needs, dry_run=dry_run)

    def close(self) -> None:
        self.crm.close()

    def _reached(self) -> Crm:
        if self.away:
            raise CrmUnavailable("the plug is pulled")
        return self.crm
