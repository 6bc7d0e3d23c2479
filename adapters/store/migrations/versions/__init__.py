"""One module for each revision of the tables; a published one is never changed."""
