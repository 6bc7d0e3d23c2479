"""Reads a free message for the answers it holds: what, in which words, and nothing uncertain."""

from dialogs.gleaning.gleaner import Gleaned, Gleaner

__all__ = ["Gleaned", "Gleaner"]
