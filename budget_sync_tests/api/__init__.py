"""The service over HTTP: a real server, a real database."""
