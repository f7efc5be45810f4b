"""A service that runs for the time of a block, and clients with a key."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import httpx
import uvicorn
from litestar import Litestar

from budget_sync.cli.site import KEEP_ALIVE_SECONDS
from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync_tests.waiting import wait_until


@dataclass(frozen=True)
class SharedService:
    """A running service with a customer of its own."""

    address: str
    database: Database
    customer: Customer


@contextmanager
def running(app: Litestar) -> Iterator[str]:
    """The address of the application on a free port of the loopback."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        config = uvicorn.Config(
            app, log_level="warning", lifespan="on", proxy_headers=False, timeout_keep_alive=KEEP_ALIVE_SECONDS
        )
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            wait_until(lambda: server.started or not thread.is_alive(), "the service answers")
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.should_exit = True
            thread.join(20)


def client_with(service: str, key: str) -> httpx.Client:
    """A client that shows this key, for any number of threads."""
    # httpx closes idle connections, above its limit or too old, now and then one that another thread has just taken.
    limits = httpx.Limits(max_connections=None, max_keepalive_connections=None, keepalive_expiry=None)
    return httpx.Client(base_url=service, headers={"Authorization": f"Bearer {key}"}, timeout=30, limits=limits)
