"""Loading, against PostgreSQL."""
