"""What every test may ask for: the real programs of the rig, and the strict stand-ins."""

pytest_plugins = [
    "tests.rig.fixtures",
    "tests.standins.slack.fixtures",
    "tests.standins.telegram.fixtures",
    "tests.transcripts.plugin",
]
