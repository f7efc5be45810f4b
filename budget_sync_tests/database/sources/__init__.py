"""Configurations of sources in the database."""
