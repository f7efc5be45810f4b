"""Files that are sent to be loaded at once."""
