"""Notifications, from the outbox to a receiver that listens on the loopback."""
