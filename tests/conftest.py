"""What every test may ask for: the real programs of the rig."""

pytest_plugins = ["tests.rig.fixtures"]
