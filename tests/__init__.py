"""Checks of dealdesk; the folders mirror bot, dialogs and adapters."""
