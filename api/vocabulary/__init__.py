"""Words of the customer's own for fields and kinds of files."""
