"""The command line on a real database."""
