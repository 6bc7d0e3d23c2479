"""How long the checks by chance run: here for every change, and much longer on demand.

`DEALDESK_TORTURE=long` takes the longer numbers.
"""

import os
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, settings


@dataclass(frozen=True, slots=True)
class Length:
    """How many stories of a state machine, how many steps each, how many examples of a property."""

    stories: int
    steps: int
    examples: int


LONG = os.environ.get("DEALDESK_TORTURE") == "long"
LENGTH = Length(10_000, 100, 20_000) if LONG else Length(300, 50, 300)
CALM = [
    HealthCheck.too_slow,
    HealthCheck.filter_too_much,
    HealthCheck.data_too_large,
    HealthCheck.large_base_example,
]
"""A machine that others load too, and 100,000 characters now and then, are no faults."""

STORIES = settings(
    max_examples=LENGTH.stories,
    stateful_step_count=LENGTH.steps,
    deadline=None,
    suppress_health_check=CALM,
    phases=(Phase.explicit, Phase.reuse, Phase.generate, Phase.shrink),
)
FEW = settings(STORIES, max_examples=LENGTH.stories // 10)
EXAMPLES = settings(max_examples=LENGTH.examples, deadline=None, suppress_health_check=CALM)
