"""Budget files as companies really send them become budgets that approval tools can ask about.

The rooms are the steps that the data takes: sources, reading, mapping, validation, loading, approval.
``importing`` walks one file through them; ``orchestration`` (Dagster) and ``api`` (Litestar) call it.
"""

__version__ = "0.1.0"
