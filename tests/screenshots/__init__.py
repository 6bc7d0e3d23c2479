"""The pictures of the documentation, taken of real programs: `python -m tests.screenshots`."""
