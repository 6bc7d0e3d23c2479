"""How much the simulator's tests do: what a change can wait for, or `DEALDESK_TORTURE=long`."""

import os

LONG = os.environ.get("DEALDESK_TORTURE") == "long"
SEEDS = 1_000_000 if LONG else 20_000
PROCESSES = os.cpu_count() or 1
SECONDS = 48 * 3600 if LONG else 900
"""A test that takes longer hangs."""
FOCUSED = 5_000 if LONG else 40
"""Seeds in which only some kinds of fault strike, and strike often."""
REPLAYED = 2_000 if LONG else 40
