"""What Prometheus may count of the service, and the port of its own where it asks.

In: what the parts of the service tell. Out: ``/metrics`` on a port that is not the public one. No label is a name that
a caller chooses: routes are templates, and what matches none is ``none``.
"""

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector

from budget_sync.domain.errors import ConfigurationError

REQUESTS = Counter("budget_sync_requests", "Requests answered.", ("route", "method", "status"))
SECONDS = Histogram(
    "budget_sync_request_seconds",
    "From the first byte of a request to the last of its answer.",
    ("route",),
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30),
)
CHECKS = Counter("budget_sync_checks", "Budget checks answered.", ("decision", "reason"))
IMPORTS = Counter("budget_sync_imports", "Imports that the service ended, by their state.", ("status",))
DROPPED = Counter("budget_sync_dropped_log_lines", "Lines of a log written behind that found no room.", ("log",))
BACKGROUND_ERRORS = Counter(
    "budget_sync_background_errors", "Work beside the answers that failed as nobody foresaw, and goes on.", ("work",)
)
UNDELIVERED = Gauge(
    "budget_sync_undelivered",
    "Webhooks and alerts that are due; Dagster's daemon delivers them.",
    multiprocess_mode="mostrecent",
)
_SHARED = "PROMETHEUS_MULTIPROC_DIR"  # prometheus_client's own variable: the folder in which workers share their counts


@contextmanager
def metrics_port(host: str, port: int | None) -> Iterator[None]:
    """Answer on this port for the time of the block; None: not at all.

    Raises:
        ConfigurationError: somebody listens there, and the workers do not share their counts.
    """
    if port is None:
        yield
        return
    try:
        server, thread = start_http_server(port, host, _registry())
    except OSError as error:
        if error.errno != errno.EADDRINUSE or _SHARED not in os.environ:
            raise ConfigurationError(
                f"Metrics cannot be served on {host}:{port}: {error.strerror}. Several workers of one machine need a "
                f"port each, or a common folder that {_SHARED} names."
            ) from error
        yield  # another worker answers for all
        return
    try:
        yield
    finally:
        server.shutdown()
        thread.join()


def _registry() -> CollectorRegistry:
    if _SHARED not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
