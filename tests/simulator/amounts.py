"""How much the simulator's tests do: what a change can wait for, or `DEALDESK_TORTURE=long`."""

import os

LONG = os.environ.get("DEALDESK_TORTURE") == "long"
SEEDS = 1_000_000 if LONG else 20_000
CHUNK = 10_000 if LONG else 1_000
"""Seeds of one test, so that `pytest -n` can share them out."""
SECONDS = 3600 if LONG else 180
"""A test that takes longer hangs; on an idle machine a chunk takes a tenth of it."""
FOCUSED = 5_000 if LONG else 40
"""Seeds in which only some kinds of fault strike, and strike often."""
REPLAYED = 2_000 if LONG else 40
