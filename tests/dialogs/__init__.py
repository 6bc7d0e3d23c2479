"""Mirrors `dialogs`."""
