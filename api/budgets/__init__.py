"""Budget lines as a list."""
