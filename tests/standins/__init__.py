"""Strict servers that stand in for the chat platforms, with people to talk to a bot."""
