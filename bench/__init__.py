"""What things cost: small programs that print a table."""
