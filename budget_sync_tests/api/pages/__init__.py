"""The pages as a browser sees them, without a browser."""
