"""Checks of the Slack channel."""
