"""How much is tried: enough for every run, or with DEALDESK_TORTURE=long ten times as much."""

import os

LONG = os.environ.get("DEALDESK_TORTURE") == "long"
_TIMES = 10 if LONG else 1

UNSIGNED = 59_000 * _TIMES
"""Requests that Slack did not sign."""
SECRETLESS = 22_000 * _TIMES
"""Requests that Telegram did not send."""
TOKENS = 12_000 * _TIMES
"""Logins of the web chat that are nobody's."""
MISSHAPEN = 6_000 * _TIMES
"""Signed requests of shapes that no platform documents."""
FORGED = 3_000 * _TIMES
"""Presses and pages that were never offered to whoever sends them."""
BY_WIRE = 2_000 * _TIMES
"""Of all kinds, over real connections."""
REPLAYED = 10_000 * _TIMES
SECONDS = 600 * _TIMES
"""A test may take, on a machine that does other things too."""
AT_ONCE = 100
SEED = 20261121
