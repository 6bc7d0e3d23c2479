"""The contract of `Channel`, by subject, and the worlds it is held in."""
