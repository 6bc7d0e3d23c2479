"""Key figures on a board: tiles two in a row, then bars with their figures at the end."""

from matplotlib.axes import Axes
from matplotlib.patches import FancyBboxPatch, Rectangle

from adapters.plots.sheet import ACCENT, INK, PALE, SOFT, WIDTH, lines, png, sheet, write
from dialogs.drawings import Bar, Bars, Board, Tile

EDGE, HEAD, TILE, BAR, HEADING = 0.2, 0.8, 0.72, 0.44, 0.42
PER_ROW = 2
REACH = WIDTH - 2 * EDGE


def painted(board: Board) -> bytes:
    rows = -(-len(board.tiles) // PER_ROW)
    bars = sum(HEADING + BAR * len(group.bars) for group in board.groups)
    top = HEAD + rows * TILE + bars + EDGE
    figure, axes = sheet(top)
    write(axes, EDGE, top - 0.28, lines(board.title, 36, 1), 12, bold=True)
    write(axes, EDGE, top - 0.56, lines(board.subtitle, 50, 1), 10, color=SOFT)
    top -= HEAD
    for number, tile in enumerate(board.tiles):
        row, column = divmod(number, PER_ROW)
        _tile(axes, tile, EDGE + column * REACH / PER_ROW, top - (row + 1) * TILE)
    top -= rows * TILE
    for group in board.groups:
        top = _group(axes, group, top)
    return png(figure)


def _tile(axes: Axes, tile: Tile, left: float, below: float) -> None:
    shape = FancyBboxPatch(
        (left + 0.05, below + 0.06),
        REACH / PER_ROW - 0.15,
        TILE - 0.14,
        boxstyle="round,pad=0.02,rounding_size=0.06",
        facecolor="#eef3f6",
        edgecolor="none",
    )
    axes.add_patch(shape)
    write(axes, left + 0.14, below + 0.45, lines(tile.value, 18, 1), 13, bold=True)
    write(axes, left + 0.14, below + 0.19, lines(tile.label, 27, 1), 9.5, color=SOFT)


def _group(axes: Axes, group: Bars, top: float) -> float:
    """Draw it and return where the next thing begins."""
    write(axes, EDGE, top - 0.24, lines(group.heading, 50, 1), 10, bold=True)
    longest = max((bar.value for bar in group.bars), default=0) or 1
    for number, bar in enumerate(group.bars):
        _bar(axes, bar, top - HEADING - number * BAR, longest)
    return top - HEADING - BAR * len(group.bars)


def _bar(axes: Axes, bar: Bar, top: float, longest: float) -> None:
    write(axes, EDGE, top - 0.1, lines(bar.label, 33, 1), 10, color=INK)
    write(axes, WIDTH - EDGE, top - 0.1, bar.text, 10, color=INK, ha="right")
    length = REACH * bar.value / longest
    whole = PALE if bar.part is not None else ACCENT
    axes.add_patch(Rectangle((EDGE, top - 0.34), max(length, 0.02), 0.13, facecolor=whole))
    if bar.part is not None:
        part = REACH * bar.part / longest
        axes.add_patch(Rectangle((EDGE, top - 0.34), part, 0.13, facecolor=ACCENT))
