"""Who is told of a customer's events."""
