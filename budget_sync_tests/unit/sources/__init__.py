"""The sources against real servers."""
