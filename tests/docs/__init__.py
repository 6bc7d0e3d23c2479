"""The documentation is held to the code: what is derived, named, linked and told to type."""
