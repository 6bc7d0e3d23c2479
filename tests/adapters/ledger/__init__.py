"""The ledger where the contract can't look: the file, its page, its examples."""
