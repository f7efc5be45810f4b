"""Signing in with a key, signing out, and the language of the pages."""
