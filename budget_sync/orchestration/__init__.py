"""Dagster: what runs the syncs and shows them.

In: the engine, the sources and what they recorded. Out: assets partitioned by file, their checks, the sensors that
find new files and report what people did, and the jobs. The database is the truth, Dagster the view. ``definitions``
wires ``assets``, ``jobs``, ``sensors``, ``upkeep`` and ``resources``; nobody else imports this room.
"""
