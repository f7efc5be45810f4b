"""The service's log: one JSON object a line on standard error, with times in UTC and without any secret.

Tracebacks name files and lines only: a local variable of a failed request can hold a key or a file of the caller. What
looks like a key or the password of an address is masked wherever it stands. The server's own lines look the same.
"""

import logging
import re
import sys

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from api.request_ids import with_request_id

_KEY = re.compile(r"bsk_([0-9a-f]{1,12})_[0-9a-f]+")
_BEARER = re.compile(r"(?i)(bearer )[^\s\"\\]+")
_PASSWORD = re.compile(r"(://[^:/@\s\"]*:)[^@/\s\"]+@")
_SERVER_LOG = "uvicorn"
_ACCESS_LOG = "uvicorn.access"  # its lines bear the query of each request; ours do not


def configure_logs() -> None:
    """Set the form of the log for this process; twice is no harm."""
    without_locals = structlog.tracebacks.ExceptionDictTransformer(show_locals=False)
    shared: list[Processor] = [
        with_request_id,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(without_locals),
    ]
    rendered: list[Processor] = [structlog.processors.JSONRenderer(), masked]
    structlog.configure(
        processors=[*shared, *rendered],
        logger_factory=structlog.WriteLoggerFactory(sys.stderr),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *rendered],
        )
    )
    logging.getLogger(_SERVER_LOG).handlers = [handler]
    logging.getLogger(_ACCESS_LOG).disabled = True


def masked(_logger: WrappedLogger, _method: str, line: str | EventDict) -> str:
    """The line without the secret part of any key, token or password in it."""
    text = _KEY.sub(r"bsk_\1_***", str(line))
    return _PASSWORD.sub(r"\1***@", _BEARER.sub(r"\1***", text))
