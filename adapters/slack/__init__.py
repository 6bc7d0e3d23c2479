"""Slack as a chat channel. The only package that imports `slack_bolt` and `slack_sdk`."""

from adapters.slack.channel import SlackChannel
from adapters.slack.manifest import manifest

__all__ = ["SlackChannel", "manifest"]
