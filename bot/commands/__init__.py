"""The commands of `dealdesk`, one subject a file: each declares its words and runs them."""
