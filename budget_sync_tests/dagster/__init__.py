"""Dagster: the definitions and whole runs against real servers."""
