"""Mirrors `dialogs.answers`; what people type is in `phrases.toml`."""
