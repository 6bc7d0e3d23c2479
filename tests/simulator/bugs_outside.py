"""Bugs on the way out: deliveries, claims, leases, settlements."""

from contextlib import ExitStack
from dataclasses import replace
from unittest.mock import patch

from sqlalchemy import true

from adapters.store import audit as audit_module
from adapters.store import outbox as outbox_module
from adapters.store.outbox import Outbox
from adapters.store.store import SqlBooks
from bot import core as core_module
from bot import deliveries as deliveries_module
from bot import replicas as replicas_module
from bot import turns as turns_module
from bot.breaker import Breaker
from bot.clock import SystemClock
from bot.deliveries import Deliveries
from bot.writer import Worked, Writer
from dialogs.errors import StoreInterrupted
from dialogs.ports import Receipt
from dialogs.rows import Settlement
from tests.simulator.crm import ModelCrm
from tests.simulator.planting import planted, rebuilt
from tests.simulator.replica import CARRIED
from tests.simulator.store import ShakyEngine

# the deliveries


@planted
def created_without_a_look():
    def deliver(self, delivery, *, fresh):
        self.make(delivery)
        return real(self, delivery, fresh=fresh)

    real = ModelCrm.deliver
    with patch.object(ModelCrm, "deliver", deliver):
        yield


@planted
def tried_again_with_a_new_key():
    real = deliveries_module.codec.delivery.read

    def read(text):
        made, attempt = real(text), CARRIED.get().attempts
        return replace(made, key=f"{made.key}-{attempt}") if attempt > 1 else made

    with patch.object(deliveries_module.codec.delivery, "read", read):
        yield


@planted
def given_up_after_a_timeout():
    def delayed(self, claimed, case, error, due):
        return deliveries_module.dead(claimed, error)

    with patch.object(Deliveries, "_delayed", delayed):
        yield


@planted
def settled_before_it_is_shown():
    real = Deliveries._chat

    async def chat(self, one):
        claimed = one.claimed
        await self._core.settle(Settlement(claimed.seq, claimed.attempts, "done"))
        return await real(self, one)

    with patch.object(Deliveries, "_chat", chat):
        yield


@planted
def next_one_sent_although_the_one_before_waits():
    async def run(self, run, before):
        for one in run:
            await self._settled(await self._carried_out(one))

    with patch.object(Deliveries, "_run", run):
        yield


@planted
def refused_entry_and_nobody_told():
    real = deliveries_module.dead
    with patch.object(
        deliveries_module, "dead", lambda claimed, error, *told: real(claimed, error)
    ):
        yield


@planted
def breaker_that_stays_open():
    with patch.object(Breaker, "failed", lambda self, *_: self._clock.now() + 10**11):
        yield


# claims and settlements


@planted
def settled_without_fencing():
    real = Outbox.settle

    def settle(self, settlements, now):
        current = "SELECT attempts FROM intent WHERE seq = ?"
        ask = self._engine._cursor.execute
        real(
            self,
            [replace(s, attempts=ask(current, (s.seq,)).fetchone()[0]) for s in settlements],
            now,
        )

    with patch.object(Outbox, "settle", settle):
        yield


@planted
def settlement_without_its_arrivals():
    real = Outbox.settle

    def settle(self, settlements, now):
        real(self, [replace(one, arrivals=()) for one in settlements], now)

    with patch.object(Outbox, "settle", settle):
        yield


@planted
def lease_shorter_than_a_call():
    with _lease(500):
        yield


@planted
def lease_that_never_ends():
    with _lease(10**12):
        yield


def _lease(length):
    stack = ExitStack()
    for module in (core_module, turns_module):
        stack.enter_context(patch.object(module, "LEASE_MS", length))
    return stack


@planted
def claimed_past_an_older_one():
    with patch.object(outbox_module, "_free", true), rebuilt(outbox_module.due_intent):
        yield


@planted
def claims_taken_back_beside_another_replica():
    with patch.object(ShakyEngine, "sole", property(lambda self: True)):
        yield


@planted
def leases_by_the_wall_clock():
    with patch.object(SystemClock, "now", lambda self: int(self._wall())):
        yield


@planted
def living_replica_struck_off():
    with patch.object(replicas_module, "MISSED", 0):
        yield


# the audit


@planted
def audit_of_what_was_rolled_back():
    with patch.object(SqlBooks, "unseal", lambda self: None):
        yield


@planted
def audit_row_beside_the_chain():
    real = audit_module.link
    with patch.object(audit_module, "link", lambda previous, facts: real("", facts)):
        yield


@planted
def entry_that_the_audit_does_not_tell_of():
    real = Outbox.settle

    def settle(self, settlements, now):
        real(self, [replace(one, audit=()) for one in settlements], now)

    with patch.object(Outbox, "settle", settle):
        yield


@planted
def connection_breaks_and_the_batch_counts_as_done():
    def together(self, batch):
        try:
            return self._once(batch)
        except StoreInterrupted:
            return Worked([None if one.future is None else Receipt(new=True) for one in batch])

    with patch.object(Writer, "_together", together):
        yield
