"""Spellings of departments and sub-categories, and the names that they stand for."""
