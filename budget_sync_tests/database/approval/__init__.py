"""Checks against real lines in PostgreSQL."""
