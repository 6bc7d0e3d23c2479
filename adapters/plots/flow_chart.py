"""A flow chart: boxes below each other, straight arrows between, others around the side."""

from collections.abc import Mapping
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch

from adapters.plots.sheet import ACCENT, INK, SOFT, lines, png, sheet, write
from dialogs.drawings import Arrow, Box, FlowChart

HEAD, TALL, GAP, LEFT, WIDE = 0.6, 0.5, 0.3, 0.55, 2.75
STEP = TALL + GAP
LANE: Final = 0.24
FILLS = {"past": ("#e3ecef", "#9fb2ba"), "here": (ACCENT, ACCENT), "ahead": ("white", "#9fb2ba")}


def painted(chart: FlowChart) -> bytes:
    top = HEAD + STEP * len(chart.boxes)
    figure, axes = sheet(top)
    write(axes, 0.2, top - 0.28, lines(chart.title, 36, 1), 12, bold=True)
    rows = {box.id: number for number, box in enumerate(chart.boxes)}
    middles = {one: top - HEAD - TALL / 2 - row * STEP for one, row in rows.items()}
    _arrows(axes, chart, rows, middles)
    for box in chart.boxes:
        _box(axes, box, middles[box.id], chart.here)
    return png(figure)


def _box(axes: Axes, box: Box, middle: float, here: str) -> None:
    fill, edge = FILLS[box.state]
    ink, soft = ("white", "white") if box.state == "here" else (INK, SOFT)
    axes.add_patch(
        FancyBboxPatch(
            (LEFT, middle - TALL / 2),
            WIDE,
            TALL,
            boxstyle="round,pad=0,rounding_size=0.07",
            facecolor=fill,
            edgecolor=edge,
            lw=1,
            zorder=3,
        )
    )
    write(
        axes,
        LEFT + 0.12,
        middle + 0.09,
        lines(box.text, 38, 1),
        8.5,
        bold=True,
        color=ink,
        zorder=4,
    )
    write(axes, LEFT + 0.12, middle - 0.12, lines(box.below, 44, 1), 7.5, color=soft, zorder=4)
    if box.state == "here":
        write(
            axes,
            LEFT + WIDE - 0.1,
            middle - 0.12,
            here,
            8,
            bold=True,
            color="white",
            ha="right",
            zorder=4,
        )


def _arrows(
    axes: Axes, chart: FlowChart, rows: Mapping[str, int], middles: Mapping[str, float]
) -> None:
    lane = {1: 0, -1: 0}
    for arrow in chart.arrows:
        down = rows[arrow.end] - rows[arrow.start]
        if down == 1:
            _straight(axes, arrow, middles)
        else:
            side = 1 if down > 0 else -1
            _around(axes, arrow, middles, side, lane[side])
            lane[side] += 1


def _straight(axes: Axes, arrow: Arrow, middles: Mapping[str, float]) -> None:
    x, start = LEFT + WIDE / 2, middles[arrow.start] - TALL / 2
    _line(axes, [(x, start), (x, middles[arrow.end] + TALL / 2)])
    write(axes, x + 0.1, start - GAP / 2, arrow.text, 7.5, color=SOFT)


def _around(axes: Axes, arrow: Arrow, middles: Mapping[str, float], side: int, lane: int) -> None:
    """Forward on the right, back on the left; each on a lane of its own."""
    edge = LEFT + WIDE if side > 0 else LEFT
    x = edge + side * (LANE + lane * LANE / 2)
    start, end = middles[arrow.start], middles[arrow.end]
    _line(axes, [(edge, start), (x, start), (x, end), (edge, end)])
    where = {"ha": "left"} if side > 0 else {"ha": "center", "rotation": 90}
    write(axes, x + side * 0.06, (start + end) / 2, lines(arrow.text, 14), 7.5, color=SOFT, **where)


def _line(axes: Axes, points: list[tuple[float, float]]) -> None:
    colour = "#7d8e96"
    xs, ys = zip(*points, strict=True)
    axes.plot(xs, ys, color=colour, lw=1, zorder=2)
    style = {"arrowstyle": "-|>", "color": colour, "lw": 1, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", points[-1], points[-2], arrowprops=style, zorder=2)
