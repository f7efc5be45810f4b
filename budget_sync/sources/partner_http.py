"""HTTP to a partner's host goes through the same door as everything else: judged addresses alone.

In: the connection pools that a library would use. Out: the same pools, whose connections are opened by
``partner_socket``. Names in certificates are still compared with the host's name, not with its address. Proxies of the
environment are not used: they would resolve the name once more, where nobody judges.
"""

import socket
from collections.abc import Mapping
from typing import Any

from urllib3 import HTTPConnectionPool

from budget_sync.domain.addresses import AllowedNetworks
from budget_sync.sources.partner_socket import connect

Pools = dict[str, type[HTTPConnectionPool]]


def judging_pools(pools: Mapping[str, type[HTTPConnectionPool]], allowed: AllowedNetworks) -> Pools:
    """The pools by scheme; connecting raises ``SourceError`` at ``resolve`` or ``connect``, which urllib3 lets pass."""
    return {scheme: _judging(pool, allowed) for scheme, pool in pools.items()}


def _judging(pool: type[HTTPConnectionPool], allowed: AllowedNetworks) -> type[HTTPConnectionPool]:
    plain: Any = pool.ConnectionCls

    class Connection(plain):  # type: ignore[misc]  # the library's class is known when it runs
        def _new_conn(self) -> socket.socket:
            return connect(self.host, self.port, timeout_seconds=self.timeout, allowed=allowed)

    return type(f"Judging{pool.__name__}", (pool,), {"ConnectionCls": Connection})
