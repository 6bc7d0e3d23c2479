"""One class of tests for each port; every adapter of the port passes it."""
