"""The service described for those who call it: the OpenAPI document with a page that shows it, and every error code."""
