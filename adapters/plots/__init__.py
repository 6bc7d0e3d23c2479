"""Drawings as PNG pictures, with matplotlib; it is loaded with the first one, as it is slow."""

from adapters.plots.painter import PlotPainter as PlotPainter
