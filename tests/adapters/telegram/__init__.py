"""Checks of the Telegram adapter: its pure halves by example, the rest against the stand-in."""
