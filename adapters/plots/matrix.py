"""The risk matrix: likelihood across, impact upwards, numbers in cells, their names below."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from matplotlib.axes import Axes
from matplotlib.patches import Circle, Rectangle

from adapters.plots.sheet import INK, LINE, SOFT, TONES, WIDTH, lines, png, sheet, write
from dialogs.drawings import Matrix, Point

LEFT, BELOW, SIDE = 0.75, 0.55, 3.4
ROW = 0.27
RADIUS: Final = 0.12
SHADES = ("#f4f8f8", "#e6eff0", "#d6e4e5", "#c2d7d9")
PER_ROW = 3
HEAD = 0.55
NAME = 40


def painted(matrix: Matrix) -> bytes:
    legend = [(tone, lines(text, NAME, 1)) for tone, text in matrix.legend]
    names = (len(matrix.points) + len(legend)) * ROW + 0.2
    figure, axes = sheet(names + BELOW + SIDE + HEAD)
    write(axes, 0.2, names + BELOW + SIDE + HEAD - 0.28, lines(matrix.title, 38, 1), 11, bold=True)
    _grid(axes, matrix, names + BELOW)
    _points(axes, matrix, names + BELOW)
    _names(axes, matrix, names)
    return png(figure)


def _grid(axes: Axes, matrix: Matrix, bottom: float) -> None:
    side = SIDE / matrix.most
    for x in range(matrix.most):
        for y in range(matrix.most):
            weight = (x + 1) * (y + 1) / matrix.most**2
            shade = SHADES[min(3, int(weight * 4))]
            corner = (LEFT + x * side, bottom + y * side)
            axes.add_patch(
                Rectangle(corner, side, side, facecolor=shade, edgecolor="white", lw=1.5)
            )
    for number in range(1, matrix.most + 1):
        middle = (number - 0.5) * side
        write(axes, LEFT + middle, bottom - 0.13, str(number), 10.5, color=SOFT, ha="center")
        write(axes, LEFT - 0.14, bottom + middle, str(number), 10.5, color=SOFT, ha="center")
    write(axes, LEFT + SIDE / 2, bottom - 0.37, matrix.across, 10.5, ha="center")
    write(axes, 0.3, bottom + SIDE / 2, matrix.upwards, 10.5, ha="center", rotation=90)


def _points(axes: Axes, matrix: Matrix, bottom: float) -> None:
    """What shares a cell stands side by side, three in a row."""
    side, cells = SIDE / matrix.most, defaultdict[tuple[int, int], list[int]](list)
    for number, point in enumerate(matrix.points):
        cells[point.x, point.y].append(number)
    for (x, y), there in cells.items():
        corner = (LEFT + (x - 1) * side, bottom + (y - 1) * side)
        for number, place in zip(there, _places(len(there), side), strict=True):
            at = (corner[0] + place[0], corner[1] + place[1])
            _moved(axes, matrix.points[number], at, side, bottom)
            _disc(axes, at, number + 1, matrix.points[number])


def _places(count: int, side: float) -> Iterator[tuple[float, float]]:
    rows = -(-count // PER_ROW)
    for number in range(count):
        row, column = divmod(number, PER_ROW)
        across = min(PER_ROW, count - row * PER_ROW)
        yield side * (column + 1) / (across + 1), side * (rows - row) / (rows + 1)


def _disc(axes: Axes, at: tuple[float, float], number: int, point: Point) -> None:
    axes.add_patch(Circle(at, RADIUS, facecolor=TONES[point.tone], edgecolor="white", zorder=4))
    write(axes, *at, str(number), 9, bold=True, color="white", ha="center", zorder=5)


def _moved(axes: Axes, point: Point, at: tuple[float, float], side: float, bottom: float) -> None:
    """An arrow from where it stood."""
    if point.before is None:
        return
    x, y = point.before
    start = (LEFT + (x - 0.5) * side, bottom + (y - 0.5) * side)
    axes.add_patch(Circle(start, 0.05, facecolor="none", edgecolor=TONES[point.tone], zorder=3))
    style = {"arrowstyle": "->", "color": TONES[point.tone], "lw": 1.2, "shrinkB": 8, "shrinkA": 3}
    axes.annotate("", at, start, arrowprops=style, zorder=3)


def _names(axes: Axes, matrix: Matrix, top: float) -> None:
    marks: Sequence[tuple[str, str, str, str]] = [
        *(("●", TONES[tone], text, SOFT) for tone, text in matrix.legend),
        *(
            (str(number), TONES[point.tone], point.text, INK)
            for number, point in enumerate(matrix.points, start=1)
        ),
    ]
    axes.plot([0.2, WIDTH - 0.2], [top, top], color=LINE, lw=0.8)
    for row, (sign, colour, text, ink) in enumerate(marks):
        y = top - 0.17 - row * ROW
        write(axes, 0.3, y, sign, 10.5, bold=True, color=colour, ha="center")
        write(axes, 0.5, y, lines(text, NAME, 1), 10.5, color=ink)
