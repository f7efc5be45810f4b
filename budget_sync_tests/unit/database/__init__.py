"""Tests of the room ``database`` without a database."""
