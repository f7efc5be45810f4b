"""Pure parts of the service."""
