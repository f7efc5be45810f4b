"""The engine and what it keeps, against PostgreSQL."""
