"""A sheet to draw on: phone width, one font, colours that the colour-blind tell apart.

Texts are people's: they are never read as markup, and are cut where they would not fit.
"""

import io
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

WIDTH: Final = 4.5
"""Inches; with `DPI`, 720 pixels: twice the points of a phone's chat."""
DPI: Final = 160
INK, SOFT, LINE, PAPER = "#17252a", "#5b6b73", "#d5dde0", "#ffffff"
GOOD, BAD, ACCENT, PALE = "#1b7f6b", "#b5402d", "#1f5fa8", "#bcd3ea"
TONES: Final = {"good": GOOD, "bad": BAD, "plain": ACCENT}
_FONTS = Path(mpl.get_data_path(), "fonts", "ttf")
_REGULAR = FontProperties(fname=str(_FONTS / "DejaVuSans.ttf"))
_BOLD = FontProperties(fname=str(_FONTS / "DejaVuSans-Bold.ttf"))


def sheet(height: float) -> tuple[Figure, Axes]:
    """An empty sheet of that height; its axes span it all, in inches from the lower left."""
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor=PAPER)
    FigureCanvasAgg(figure)
    axes = figure.add_axes((0, 0, 1, 1))
    axes.set_xlim(0, WIDTH)
    axes.set_ylim(0, height)
    axes.axis("off")
    return figure, axes


def png(figure: Figure) -> bytes:
    """The sheet as PNG, without time or program in it."""
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI, metadata={"Software": None})
    return out.getvalue()


def write(
    axes: Axes, x: float, y: float, text: str, size: float = 9, *, bold: bool = False, **more: Any
) -> None:
    """Write it as it is; `$` is no formula."""
    settings = {"color": INK, "va": "center", **more}
    font = (_BOLD if bold else _REGULAR).copy()
    font.set_size(size)
    axes.text(x, y, text, fontproperties=font, parse_math=False, **settings)


def lines(text: str, width: int, most: int = 2) -> str:
    """Break it into lines of so many characters; what is longer ends in "…"."""
    return "\n".join(_lines(" ".join(text.split()), width, most))


def _lines(text: str, width: int, most: int) -> Sequence[str]:
    return textwrap.wrap(text, width, max_lines=most, placeholder="…") or [""]
