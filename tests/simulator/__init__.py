"""The deterministic simulator of the durable core: docs/simulator.md."""
