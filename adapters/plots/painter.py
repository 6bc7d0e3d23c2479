"""The painter: which hand draws which drawing, and what may go wrong with it."""

import logging
import threading
import warnings
from typing import assert_never

from dialogs.drawings import Board, Drawing, FlowChart, Matrix
from dialogs.errors import NotDrawn

log = logging.getLogger(__name__)


class PlotPainter:
    """See `dialogs.ports.Painter`. Safe to use from several threads: one draws at a time."""

    def __init__(self) -> None:
        self._hand = threading.Lock()  # matplotlib promises nothing to threads

    def paint(self, drawing: Drawing) -> bytes:
        """Draw it; the same drawing gives the same bytes."""
        with self._hand, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of signs that the font lacks: the text has them
            try:
                return _painted(drawing)
            except Exception as error:  # a picture is never worth a program that stops
                raise NotDrawn(
                    f"a {drawing.type} can't be drawn ({type(error).__name__})"
                ) from error


def _painted(drawing: Drawing) -> bytes:
    from adapters.plots import board, flow_chart, matrix  # noqa: PLC0415 - matplotlib takes a second

    match drawing:
        case Matrix():
            return matrix.painted(drawing)
        case Board():
            return board.painted(drawing)
        case FlowChart():
            return flow_chart.painted(drawing)
        case _:
            assert_never(drawing)
