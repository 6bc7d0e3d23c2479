"""A link code for the work e-mail that somebody typed: made here, sent by the CRM to its own user.

Whether anybody has that e-mail is seen by nobody but the mailbox: no answer goes back to the chat.
"""

import secrets
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from bot import codec
from bot.core import Core
from dialogs import linkcodes
from dialogs.books import Books
from dialogs.crm import Staff
from dialogs.linkcodes import LIFETIME_MS, LinkCode
from dialogs.linking import named_chat
from dialogs.people import CRM_GROUPS, Person, crm_role
from dialogs.phrases import say
from dialogs.ports import Clock, Crm
from dialogs.rows import StoredCode
from dialogs.turns import Invitation

Call = Callable[[Callable[[], Any]], Awaitable[Any]]
LIVE_CODES = 3
"""Codes for one person at a time: nobody's mailbox is filled by a stranger."""


@dataclass(frozen=True, slots=True)
class Inviting:
    """Sends codes for one installation."""

    core: Core
    crm: Crm
    clock: Clock
    newcomer: Person

    async def send(self, invitation: Invitation, call: Call) -> None:
        """Send one, if exactly one entitled colleague has that e-mail.

        Raises:
            CrmUnavailable, CrmRefused, TimeoutError: as the CRM says.
        """
        colleague = await call(lambda: self.crm.staff_at(invitation.email))
        if colleague is None:
            return
        (standing,) = await call(lambda: self.crm.standing((colleague,), tuple(CRM_GROUPS)))
        role = crm_role(active=standing.active, groups=standing.groups)
        person = replace(self._person(colleague), crm_role=role)
        if person.who == "former":
            return
        text = linkcodes.code(secrets.token_bytes(linkcodes.BYTES))
        if await self.core.do(partial(self._kept, text, person, invitation)):
            await call(lambda: self._told(colleague, person, invitation, text))

    def _person(self, colleague: Staff) -> Person:
        """Whom we know behind that user, or somebody new."""
        known = self.core.people.persons.values()
        same = (one for one in known if colleague.user and one.crm_user == colleague.user)
        named = (one for one in known if colleague.login and one.login == colleague.login)
        new = replace(
            self.newcomer,
            id=f"u{colleague.user}",  # the same at each invitation: that bounds their number
            name=colleague.name,
            login=colleague.login,
            crm_user=colleague.user,
        )
        return next(iter((*same, *named, new)))

    def _kept(self, text: str, person: Person, invitation: Invitation, books: Books) -> bool:
        now = self.clock.now()
        if books.codes_since(person.id, now) >= LIVE_CODES:
            return False
        address = invitation.address
        keep_code(books, text, person, now, address.channel, address.account)
        return True

    def _told(self, colleague: Staff, person: Person, invitation: Invitation, text: str) -> None:
        language, chat = person.language, named_chat(invitation.address)
        subject = say(language, "link_mail_subject")
        body = say(language, "link_mail", chat=chat, code=text)
        self.crm.notify(colleague.user or 0, subject, body)


def keep_code(  # noqa: PLR0917 - what a code is bound to, in the order of its columns
    books: Books, text: str, person: Person, now: int, channel: str = "", account: str = ""
) -> None:
    """Keep a new code: its hash, whom it links, and until when."""
    plain = replace(person, addresses=())
    known = LinkCode(linkcodes.digest(text), plain, now + LIFETIME_MS, channel, account)
    subject = codec.link_code.write(known)
    books.keep_code(StoredCode(known.hash, person.id, subject, known.expires))
