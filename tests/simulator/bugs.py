"""The planted bugs, all of them."""

from tests.simulator import bugs_inside, bugs_of_life, bugs_outside
from tests.simulator.planting import BUGS, LIMIT, Found, hunt

__all__ = ["BUGS", "LIMIT", "Found", "bugs_inside", "bugs_of_life", "bugs_outside", "hunt"]
