"""A flow chart: boxes below each other with arrows between; other ways are told below their box."""

from collections.abc import Mapping, Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from adapters.plots.sheet import ACCENT, INK, SOFT, WIDTH, lines, png, sheet, write
from dialogs.drawings import Arrow, Box, FlowChart

HEAD, TALL, GAP, LEFT = 0.65, 0.62, 0.36, 0.2
WIDE: Final = WIDTH - 2 * LEFT
WAY: Final = 0.23
"""The height of a way that is told in words."""
TRUNK: Final = LEFT + 0.25
"""Where the arrows run."""
FILLS = {"past": ("#e3ecef", "#9fb2ba"), "here": (ACCENT, ACCENT), "ahead": ("white", "#9fb2ba")}
LINE: Final = "#7d8e96"


def painted(chart: FlowChart) -> bytes:
    rows = {box.id: number for number, box in enumerate(chart.boxes)}
    ways = {box.id: _ways(chart, rows, box) for box in chart.boxes}
    tall = {one: TALL + GAP + WAY * max(0, len(told) - 1) for one, told in ways.items()}
    top = HEAD + sum(tall.values())
    figure, axes = sheet(top)
    write(axes, LEFT, top - 0.3, lines(chart.title, 36, 1), 13, bold=True)
    left = top - HEAD
    for box in chart.boxes:
        _box(axes, box, left - TALL / 2, chart.here)
        if any(_down(rows, one) == 1 for one in chart.arrows if one.start == box.id):
            _arrow(axes, left - TALL, left - tall[box.id])
        for number, told in enumerate(ways[box.id]):
            middle = left - TALL - GAP / 2 - WAY * number
            write(axes, TRUNK + 0.2, middle, lines(told, 54, 1), 9.5, color=SOFT)
        left -= tall[box.id]
    return png(figure)


def _ways(chart: FlowChart, rows: Mapping[str, int], box: Box) -> Sequence[str]:
    """What is written below a box: when its arrow is taken, and where else it can lead."""
    names = {one.id: one.text for one in chart.boxes}
    mine = [(one, _down(rows, one)) for one in chart.arrows if one.start == box.id]
    straight = [one.text for one, down in mine if down == 1]
    others = [(one, "↓" if down > 0 else "↑") for one, down in mine if down != 1]
    told = [f"{mark} {one.text}: {names[one.end]}" for one, mark in others]
    return [*filter(None, straight), *(one.replace(" : ", " ") for one in told)]


def _down(rows: Mapping[str, int], arrow: Arrow) -> int:
    """How many boxes further down it leads."""
    return rows[arrow.end] - rows[arrow.start]


def _box(axes: Axes, box: Box, middle: float, here: str) -> None:
    fill, edge = FILLS[box.state]
    ink, soft = ("white", "white") if box.state == "here" else (INK, SOFT)
    style = "round,pad=0,rounding_size=0.07"
    place = (LEFT, middle - TALL / 2)
    frame = FancyBboxPatch(place, WIDE, TALL, style, facecolor=fill, edgecolor=edge, lw=1, zorder=3)
    axes.add_patch(frame)
    x, upper, lower = LEFT + 0.14, middle + 0.12, middle - 0.15
    write(axes, x, upper, lines(box.text, 42, 1), 11, bold=True, color=ink, zorder=4)
    write(axes, x, lower, lines(box.below, 40, 1), 9.5, color=soft, zorder=4)
    if box.state == "here":
        right = {"ha": "right", "color": "white", "zorder": 4}
        write(axes, LEFT + WIDE - 0.12, lower, here, 10, bold=True, **right)


def _arrow(axes: Axes, start: float, end: float) -> None:
    style = {"arrowstyle": "-|>", "color": LINE, "lw": 1.2, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (TRUNK, end), (TRUNK, start), arrowprops=style, zorder=2)
