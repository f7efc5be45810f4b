"""Customers as operators administer them."""
