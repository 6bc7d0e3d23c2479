"""An event loop whose time is a number: nothing waits, and a seed runs the same way every time.

Knows nothing of what runs on it. Work for a thread is handed to whoever carries it.
"""

import asyncio
from asyncio.base_events import BaseEventLoop


class StandsStill(RuntimeError):  # noqa: N818 - it says what the loop does
    """Everybody waits and nobody will ever wake anybody."""


class _Nothing:
    """Stands where a selector does: instead of waiting, it turns the clock."""

    def __init__(self, loop):
        self._loop = loop

    def select(self, timeout):
        if timeout is None:
            raise StandsStill
        self._loop.at += max(timeout, 0)
        return []

    def close(self):
        """Nothing is open."""


class VirtualLoop(BaseEventLoop):
    """Seconds pass when everybody waits for them."""

    def __init__(self, carry):
        """`carry(call)` returns the future of a call that a thread would make."""
        super().__init__()
        self._selector = _Nothing(self)
        self._carry = carry
        self.at = 0.0

    def time(self):
        return self.at

    def run_in_executor(self, executor, func, *args):
        return self._carry(func)

    def _process_events(self, event_list):
        pass

    def _write_to_self(self):
        pass

    def run(self, work):
        """Run until it is done; then whoever is left is cancelled."""
        asyncio.set_event_loop(None)
        try:
            return self.run_until_complete(work)
        finally:
            self._end()
            self.close()

    def _end(self):
        left = asyncio.all_tasks(self)
        for task in left:
            task.cancel()
        if left:
            self.run_until_complete(asyncio.wait(left, timeout=1))
