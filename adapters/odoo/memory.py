"""What this process has seen of cases and need not ask again; losing it costs only calls."""

import threading
from collections import OrderedDict
from dataclasses import replace

from adapters.odoo import keys
from adapters.odoo.entry import Known
from dialogs.crm import Delivery


class Memory:
    """The cases used last; safe to use from several threads."""

    def __init__(self, capacity: int = 10_000) -> None:
        self._capacity = capacity
        self._lock = threading.Lock()
        self._cases: OrderedDict[str, Known] = OrderedDict()

    def recall(self, case: str) -> Known | None:
        with self._lock:
            return self._cases.get(case)

    def stands(self, case: str, known: Known) -> None:
        """Remember where the case stands, beside what is known of its activities."""
        before = self.recall(case) or known
        self._keep(case, replace(known, open=before.open, seen=before.seen))

    def made(self, delivery: Delivery, known: Known, before: Known | None) -> None:
        """Remember what this delivery has just made and completed."""
        open_before = before.open if before else {}
        completed = {keys.activity(key) for key in delivery.finishes}
        own = {keys.activity(delivery.key): 0} if delivery.activity else {}
        still = {name: record for name, record in open_before.items() if name not in completed}
        seen = (before.seen if before else frozenset()) | {delivery.key, *delivery.finishes}
        self._keep(delivery.case, replace(known, open=still | own, seen=seen))

    def _keep(self, case: str, known: Known) -> None:
        with self._lock:
            self._cases[case] = known
            self._cases.move_to_end(case)
            if len(self._cases) > self._capacity:
                self._cases.popitem(last=False)
