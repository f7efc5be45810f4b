"""What a foreign currency is worth to a customer."""
