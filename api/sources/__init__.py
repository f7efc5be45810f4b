"""Where a customer's files come from."""
