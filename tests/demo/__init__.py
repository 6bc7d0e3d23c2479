"""The demo and the web chat as somebody uses them: the real command, a real Chromium."""
