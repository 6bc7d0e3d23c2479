"""Checks of the adapters; one folder a neighbour, as in `adapters`."""
