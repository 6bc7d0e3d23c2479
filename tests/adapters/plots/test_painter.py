"""Pictures are drawn: the same each time, at phone width, whatever people write in them."""

from dataclasses import replace
from hashlib import sha256

import pytest

from adapters.plots import PlotPainter
from dialogs.drawings import (
    Arrow,
    Bar,
    Bars,
    Board,
    Box,
    Drawing,
    FlowChart,
    Matrix,
    Point,
    Tile,
)
from dialogs.errors import NotDrawn
from tests.standins.telegram.pictures import size

MATRIX = Matrix(
    "Chances and risks · Airbus",
    "Likelihood",
    "Impact",
    (Point("Strategic customer", "good", 4, 5, (2, 3)), Point("Competition", "bad", 4, 5)),
    (("good", "Chances"), ("bad", "Risks")),
)
BARS = Bars("By stage", (Bar("New", 3, "3", 1),))
BOARD = Board("Pipeline", "Now", (Tile("Weighted", "12 €"),), (BARS,))
CHART = FlowChart(
    "Sales",
    (Box("a", "1. Record", "Sales", "past"), Box("b", "2. Decide", "", "here"), Box("c", "3. Go")),
    (Arrow("a", "b"), Arrow("a", "c", "approved"), Arrow("c", "a", "again")),
    "You are here",
)
ALL = pytest.mark.parametrize("drawing", [MATRIX, BOARD, CHART], ids=lambda one: one.type)


@pytest.fixture(scope="module")
def painter() -> PlotPainter:
    return PlotPainter()


@ALL
def test_a_picture_is_as_wide_as_a_phone_shows_sharply(painter: PlotPainter, drawing: Drawing):
    width, height = size(painter.paint(drawing)) or (0, 0)
    assert width == 720
    assert 100 < height < 20 * width


@ALL
def test_the_same_drawing_is_the_same_picture(painter: PlotPainter, drawing: Drawing):
    first, second = painter.paint(drawing), PlotPainter().paint(drawing)
    assert sha256(first).digest() == sha256(second).digest()


def test_what_differs_is_seen(painter: PlotPainter):
    moved = replace(MATRIX, points=(replace(MATRIX.points[0], x=1), MATRIX.points[1]))
    unmarked = replace(CHART, boxes=tuple(replace(one, state="ahead") for one in CHART.boxes))
    assert painter.paint(moved) != painter.paint(MATRIX)
    assert painter.paint(unmarked) != painter.paint(CHART)


@pytest.mark.parametrize("text", ["$x", "$\\frac{1}{0}$", "客户 🦄", "", "W" * 300, "a\nb", "\\"])
def test_people_may_write_what_they_like(painter: PlotPainter, text: str):
    assert size(painter.paint(replace(MATRIX, title=text, points=(Point(text, "bad", 1, 1),))))
    assert size(painter.paint(Board(text, text, (Tile(text, text),))))
    assert size(painter.paint(FlowChart(text, (Box("a", text, text, "here"),), ())))


def test_nothing_to_show_is_drawn_too(painter: PlotPainter):
    assert size(painter.paint(Matrix("", "", "", ())))
    assert size(painter.paint(Board("")))
    assert size(painter.paint(FlowChart("", (), ())))


def test_what_cant_be_drawn_says_so(painter: PlotPainter):
    with pytest.raises(NotDrawn, match="flow_chart"):
        painter.paint(FlowChart("", (Box("a", "A"),), (Arrow("a", "nowhere"),)))
