"""What a series of turns came to, and the table of all series."""

import time
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Figures:
    """One line of the table."""

    name: str
    at_once: int
    turns_per_second: float
    cpu_us: float
    p50_ms: float
    p99_ms: float


def figures(name: str, at_once: int, latencies: list[float], wall: float, cpu: float) -> Figures:
    """Sum up a series that began at those clock readings and ends now."""
    took, used = time.perf_counter() - wall, time.process_time() - cpu
    ordered, count = sorted(latencies), len(latencies)
    return Figures(
        name,
        at_once,
        count / took,
        used / count * 1e6,
        ordered[count // 2] * 1e3,
        ordered[int(count * 0.99)] * 1e3,
    )


def table(lines: Sequence[Figures]) -> str:
    """The series as a Markdown table."""
    head = (
        "| series | at once | turns/s | CPU µs/turn | p50 ms | p99 ms |\n|---|--:|--:|--:|--:|--:|"
    )
    rows = (
        f"| {one.name} | {one.at_once} | {one.turns_per_second:,.0f} | {one.cpu_us:.0f} "
        f"| {one.p50_ms:.2f} | {one.p99_ms:.2f} |"
        for one in lines
    )
    return "\n".join([head, *rows])
