"""When it happens: settings, wiring, the durable core, people, the command line."""
