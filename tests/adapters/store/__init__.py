"""Checks of the store that concern one database only."""
