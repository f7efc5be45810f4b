"""Tests that tell the story: real PostgreSQL, real servers, no mocks of our own code."""
