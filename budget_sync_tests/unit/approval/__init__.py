"""Matching and deciding, without a database."""
