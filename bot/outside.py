"""Who intents go to: chats, the CRM, and the people who write into it with a key of their own.

Knows ports; carries nothing out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.ownkeys import Held, OwnKeys
from bot.painting import Painting
from bot.people import People
from dialogs.crm import Delivery, DeliveryReceipt
from dialogs.people import Person
from dialogs.ports import Channel, Crm, KeyedCrm
from dialogs.shows import Say

NEWCOMER = Person("", "", "management")
"""Somebody whose rights nobody but the CRM bounds."""


@dataclass(frozen=True, slots=True)
class Outside:
    """Who intents go to."""

    channels: Mapping[str, Channel]
    crm: Crm
    keys: OwnKeys | None = None
    """Of people who write with their own; None: the service account writes everything."""
    newcomer: Person = NEWCOMER
    """Language and zone of somebody whom so far only the CRM knows."""
    people: People = field(default_factory=People)
    """Who is behind a chat that is closed to us."""
    painting: Painting | None = None
    """None: nothing is drawn, texts have to do."""

    def own_key(self, login: str | None) -> Held | None:
        return self.keys.held(login) if self.keys is not None and login else None

    async def drawn(self, say: Say) -> Say:
        """The show with its picture, if it has one."""
        return await self.painting.said(say) if self.painting else say

    async def illustrated(self, delivery: Delivery) -> Delivery:
        """The entry with its pictures, as far as they can be drawn."""
        return await self.painting.entered(delivery) if self.painting else delivery

    def delivered(self, delivery: Delivery, *, fresh: bool, own: Held | None) -> DeliveryReceipt:
        """Blocking: make the entry, with the author's own key where there is one.

        Raises:
            OwnKeyDenied: it is no longer accepted.
        """
        if own is None or own.account is None or not isinstance(self.crm, KeyedCrm):
            return self.crm.deliver(delivery, fresh=fresh)
        return self.crm.deliver_as(own.account, delivery, fresh=fresh)
