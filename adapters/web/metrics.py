"""The store's counts in Prometheus's text format. Knows the names `Books.counts` gives."""

from collections.abc import Iterator, Mapping

OLDEST = ".oldest"
_COUNT = "dealdesk_entries"
_AGE = "dealdesk_oldest_age_seconds"
_PAGES = "dealdesk_open_pages"
_LAG = "dealdesk_loop_lag_seconds"


def exposition(counts: Mapping[str, int], pages: int, now: int, lag: float = 0.0) -> str:
    """Write what waits and for how long, the open pages of the web chat, and the loop's lag.

    `counts` is by `table.status` or `intent.target.status`, `….oldest` the time of the oldest one;
    times are epoch milliseconds. What is due only later has the age 0.
    """
    lines = [
        *gauge(_COUNT, "Entries that wait, are set aside or are known.", _numbers(counts)),
        *gauge(_AGE, "Age of the oldest of them; 0 where there is none.", _ages(counts, now)),
        *gauge(_PAGES, "Open pages of the web chat.", {"": str(pages)}),
        *gauge(_LAG, "The longest standstill of the last half minute.", {"": f"{lag:.3f}"}),
    ]
    return "".join(f"{line}\n" for line in lines)


def age_ms(counts: Mapping[str, int], name: str, now: int) -> int:
    """How long the oldest of these has waited, in milliseconds; 0 where there is none."""
    return max(0, now - counts.get(f"{name}{OLDEST}", now))


def gauge(name: str, told: str, samples: Mapping[str, str]) -> Iterator[str]:
    """One metric; `samples` are values by labels, `{name="value"}`."""
    yield f"# HELP {name} {told}"
    yield f"# TYPE {name} gauge"
    for labels, value in samples.items():
        yield f"{name}{labels} {value}"


def _numbers(counts: Mapping[str, int]) -> dict[str, str]:
    return {_labels(name): str(counts[name]) for name in _names(counts)}


def _ages(counts: Mapping[str, int], now: int) -> dict[str, str]:
    waiting = [name for name in _names(counts) if "." in name]
    return {_labels(name): f"{age_ms(counts, name, now) / 1000:.3f}" for name in waiting}


def _names(counts: Mapping[str, int]) -> list[str]:
    return sorted(name for name in counts if not name.endswith(OLDEST))


def _labels(name: str) -> str:
    """`intent.crm.pending` is the table, the target and the status; `person` a whole table."""
    table, *rest = name.split(".")
    parts = {"table": table}
    if rest:
        parts |= {"target": rest[0]} if rest[1:] else {}
        parts["status"] = rest[-1]
    return "{" + ",".join(f'{key}="{value}"' for key, value in parts.items()) + "}"
