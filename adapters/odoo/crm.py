"""Odoo behind the port `Crm`: connects at first use, serves many threads, bounds every job."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import partial
from typing import Self
from zoneinfo import ZoneInfo

from adapters.odoo import customers, keys, people
from adapters.odoo.account import Account
from adapters.odoo.accounts import Accounts, own_key
from adapters.odoo.answers import answer
from adapters.odoo.connection import Connection, DriverName
from adapters.odoo.deliver import Deliveries
from adapters.odoo.driver import Session
from adapters.odoo.entry import Known
from adapters.odoo.examine import examine
from adapters.odoo.facts import Looking
from adapters.odoo.groups import Groups
from adapters.odoo.people import People
from adapters.odoo.prepare import prepare
from adapters.odoo.standing import look, reference
from dialogs.crm import (
    CrmNeeds,
    Delivery,
    DeliveryReceipt,
    Finding,
    KeyReport,
    Staff,
    Standing,
)
from dialogs.errors import CrmRefused
from dialogs.events import Hit
from dialogs.lookups import Answer, Lookup
from dialogs.ports import OwnAccount

PATHS_SINCE = 18  # the first version whose web client has addresses for people
SET_UP = 300.0  # seconds for all of `prepare`: each field makes Odoo load its models anew


class OdooCrm:
    """One account's Odoo."""

    def __init__(
        self, account: Account, connection: Connection, needs: CrmNeeds, zone: ZoneInfo
    ) -> None:
        self._account = account
        self._connection = connection
        self._deliveries = Deliveries(Looking(needs, zone))
        self._people = People()
        self._zone = zone
        self._accounts = Accounts(connection.like)
        self._groups = Groups()

    @classmethod
    def connect(  # noqa: PLR0917 - the settings, in the order of their names
        cls,
        url: str,
        database: str,
        login: str,
        secret: str,
        driver: DriverName,
        needs: CrmNeeds,
        zone: str,
        deadline: float = 15.0,
    ) -> Self:
        """Make it ready; the first job logs in. `deadline` in seconds bounds each job as a whole.

        `auto` takes JSON-2 where the server has it and the secret looks like an API key.

        Raises:
            BadConfiguration: the address is none.
        """
        account = Account(url, database, login, secret)
        connection = Connection(account, driver, deadline)
        return cls(account, connection, needs, ZoneInfo(zone))

    def deliver(self, delivery: Delivery, *, fresh: bool) -> DeliveryReceipt:
        odoo = self._connection.session()
        stands = self._deliveries.deliver(odoo, delivery, fresh=fresh)
        return self._receipt(odoo, stands, delivery)

    def deliver_as(self, own: OwnAccount, delivery: Delivery, *, fresh: bool) -> DeliveryReceipt:
        with self._accounts.lent(own) as writer:
            odoo = replace(self._connection.session(), writer=writer.session().driver)
            stands = self._deliveries.deliver(odoo, delivery, fresh=fresh)
        return self._receipt(odoo, stands, delivery)

    def examine_key(self, own: OwnAccount) -> KeyReport:
        with self._accounts.alone(own) as connection:
            return own_key(connection.session(), own.login)

    def stands(self, key: str) -> bool:
        return look(self._connection.session(), key) is not None

    def search_customers(self, text: str, limit: int) -> tuple[Hit, ...]:
        return customers.search(self._connection.session(), text, limit)

    def look_up(self, lookup: Lookup) -> Answer:
        odoo = self._connection.session()
        return answer(odoo, self._people, lookup, partial(self._url, odoo.release), self._zone)

    def staff(self, login: str) -> Staff | None:
        (user,) = self._people.find(self._connection.session(), Staff(login, login))
        return Staff(user.name, user.login, user.id) if user else None

    def standing(
        self, colleagues: Sequence[Staff], groups: Collection[str]
    ) -> tuple[Standing, ...]:
        return self._groups.standing(self._connection.session(), colleagues, groups)

    def staff_at(self, email: str) -> Staff | None:
        found = people.at(self._connection.session(), email)
        if len(found) != 1:
            return None
        return Staff(found[0].name, found[0].login, found[0].id)

    def notify(self, user: int, subject: str, text: str) -> None:
        odoo = self._connection.session()
        (found,) = self._people.find(odoo, Staff("", user=user))
        if found is None:
            raise CrmRefused(f"Odoo has no active user {user} to tell anything.")
        people.notify(odoo, found, subject, text)

    def examine(self, needs: CrmNeeds) -> tuple[Finding, ...]:
        return examine(self._connection, needs, has_key=self._account.has_key)

    def prepare(self, needs: CrmNeeds, *, dry_run: bool) -> tuple[Finding, ...]:
        odoo = self._connection.session().later(SET_UP)
        return prepare(odoo, needs, dry_run=dry_run)

    def close(self) -> None:
        self._accounts.close()
        self._connection.close()

    def _receipt(self, odoo: Session, stands: Known, delivery: Delivery) -> DeliveryReceipt:
        order = reference(odoo, keys.order(delivery.key)) if delivery.order else None
        return DeliveryReceipt(
            stands.lead,
            self._url(odoo.release, "crm.lead", stands.lead),
            stands.customer,
            stands.overtaken,
            self._url(odoo.release, "sale.order", order) if order else "",
        )

    def _url(self, release: int, model: str, record: int) -> str:
        if release >= PATHS_SINCE:
            path = "crm" if model == "crm.lead" else model
            return f"{self._account.site}/odoo/{path}/{record}"
        return f"{self._account.site}/web#id={record}&model={model}&view_type=form"
