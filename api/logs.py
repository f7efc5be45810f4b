"""The service's log: one JSON object a line on standard error, with times in UTC and without any secret.

Tracebacks name files and lines only: a local variable of a failed request can hold a key or a file of the caller. What
looks like a key or the password of an address is masked wherever it stands. The server's own lines look the same.
"""

import logging
import re
import sys
from collections.abc import Callable
from typing import Any

import msgspec
import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from api.request_ids import with_request_id

_KEY = re.compile(r"bsk_([0-9a-f]{1,12})_[0-9a-f]+")
_BEARER = re.compile(r"(?i)(bearer )[^\s\"\\]+")
_PASSWORD = re.compile(r"(://[^:/@\s\"]*:)[^@/\s\"]+@")
_SECRETS = (("bsk_", _KEY, r"bsk_\1_***"), ("bearer ", _BEARER, r"\1***"), ("://", _PASSWORD, r"\1***@"))
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
    rendered: list[Processor] = [structlog.processors.JSONRenderer(_as_json), masked]
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
    text = str(line)
    lowered = text.lower()
    for mark, secret, without in _SECRETS:
        if mark in lowered:  # seldom: to look for all three patterns in each line took a third of writing it
            text = secret.sub(without, text)
    return text


def _as_json(event: object, default: Callable[[Any], Any]) -> str:
    return msgspec.json.encode(event, enc_hook=default).decode()
