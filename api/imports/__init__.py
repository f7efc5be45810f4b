"""What was imported, and how it went."""
