"""The contract of `Crm`, and the worlds it is checked in."""
