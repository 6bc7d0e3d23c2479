"""The contract of `Store` and `Books`, part by part; `tests/contracts/test_store.py` runs it."""

import pytest

pytest.register_assert_rewrite(
    *(
        f"{__name__}.{part}"
        for part in ("crowd", "desk", "outbox", "timers", "trouble", "turns", "uploads")
    )
)
