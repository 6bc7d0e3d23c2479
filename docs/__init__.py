"""The documentation, and the program that derives a part of it: `python -m docs.derive`."""
