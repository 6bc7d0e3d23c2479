"""The kinds of fault, and the dice that say when one happens. Each seed has a mix of its own.

A kind that a seed has may strike whenever there is an occasion; every strike is counted.
"""

from collections import Counter

RATES = {
    # the process dies
    "killed before the commit": 0.015,
    "killed after the commit, before the answer": 0.015,
    "killed before something is shown": 0.015,
    "killed between show and settlement": 0.015,
    "killed before the CRM commits": 0.04,
    "killed after the CRM committed": 0.04,
    "killed while it stops": 0.5,
    "killed at any time": 1,
    "stopped and started again": 1,
    # the process sleeps, or the clock is wrong
    "paused, and wakes as a zombie": 1,
    "clock jumps forward": 1,
    "clock jumps back": 1,
    # what comes in
    "delivered twice at once": 0.1,
    "delivered again later": 0.1,
    "delivered again after a restart": 0.4,
    "delivered out of order": 0.15,
    "first delivery lost": 0.1,
    "acknowledgement lost": 0.1,
    "event that no turn can take": 0.06,
    # the CRM
    "CRM refuses the connection": 0.2,
    "CRM times out before its commit": 0.2,
    "CRM times out after its commit": 0.25,
    "CRM answers 5xx after its commit": 0.25,
    "CRM is slow": 0.3,
    "CRM hangs and commits much later": 0.1,
    "CRM denies our credentials": 0.15,
    "CRM refuses an entry": 0.15,
    "CRM is down for minutes": 1,
    # the chats
    "chat is unavailable": 0.12,
    "chat asks to wait": 0.08,
    "chat shows it, the answer is lost": 0.12,
    "chat refuses for good": 0.03,
    "chat is closed to us": 0.03,
    "chat does not accept our token": 0.05,
    # the store
    "disk is full": 0.03,
    "statement fails": 0.004,
    "commit happens, its answer is lost": 0.03,
    "connection breaks": 0.02,
    "commit happens, the connection breaks": 0.02,
    "store is slow": 0.3,
    # around it
    "two replicas": 1,
    "manager is demoted": 1,
    "manager loses the right in the CRM": 1,
    "case changed under an open question": 1,
    "two managers ask for the cards at once": 1,
    "pressed twice": 0.15,
    "old button pressed": 0.1,
    "changes the chat": 0.08,
}
"""How often a kind strikes on an occasion; 1 for what the story itself brings about once."""
OFTEN = 0.3
"""The share of seeds that have a kind."""
FOCUSED_TIMES = 3
"""How much more often a kind strikes where it is one of few."""


class Faults:
    """What may go wrong in one seed, until it is told to stop."""

    def __init__(self, dice, note):
        """`note(word)` is told of each strike."""
        self.struck = Counter()
        calm = dice.random() < 0.04
        self._rates = {
            kind: rate for kind, rate in RATES.items() if dice.random() < OFTEN and not calm
        }
        self._dice, self._note, self._going = dice, note, True

    @classmethod
    def only(cls, dice, note, kinds):
        """Just these, and often."""
        made = cls(dice, note)
        made._rates = {kind: min(1, RATES[kind] * FOCUSED_TIMES) for kind in kinds}
        return made

    def has(self, kind):
        return kind in self._rates

    def strikes(self, kind):
        """True if it is to happen here and now."""
        rate = self._rates.get(kind)
        if rate is None or not self._going or self._dice.random() >= rate:
            return False
        self.struck[kind] += 1
        self._note(kind)
        return True

    def stop(self):
        self._going = False
