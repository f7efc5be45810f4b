"""The service's log: one JSON object a line on standard error, with times in UTC and without any local variable.

Tracebacks name files and lines only: a local variable of a failed request can hold a key or a file of the caller.
"""

import sys

import structlog


def configure_logs() -> None:
    """Set the form of the log for this process; twice is no harm."""
    without_locals = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.ExceptionRenderer(without_locals),
            structlog.processors.JSONRenderer(),
        ],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
