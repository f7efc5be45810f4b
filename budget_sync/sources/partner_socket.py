"""A connection to a partner's host: resolved once, every address judged, and the judged one connected to.

In: host, port, and which networks the operator allows. Out: a connected socket, or the step that failed (resolve,
connect) in words for whoever runs the server. Every kind of source connects through here.
"""

import socket
from typing import Any

from budget_sync.domain.addresses import AllowedNetworks
from budget_sync.domain.errors import SourceError

SETTING = "BUDGET_SYNC_ALLOWED_NETWORKS"


def connect(host: str, port: int, *, timeout_seconds: float, allowed: AllowedNetworks) -> socket.socket:
    """A socket that is connected; each wait on it, and each address that is tried, is bounded by ``timeout_seconds``.

    Raises:
        SourceError: at ``resolve`` or ``connect``.
    """
    found = _resolve(host, port)
    refused = allowed.first_refused(str(address[0]) for *_, address in found)
    if refused is not None:
        raise _refused(host, *refused)
    failure: OSError | None = None
    for family, kind, protocol, _, address in found:
        connection = socket.socket(family, kind, protocol)
        connection.settimeout(timeout_seconds)
        try:
            connection.connect(address)
        except OSError as error:
            connection.close()
            failure = error
        else:
            return connection
    raise SourceError(
        f"{host} does not take connections on port {port} ({failure}). Check host and port, and that the"
        " partner's firewall lets this machine in.",
        step="connect",
        host=host,
        port=port,
    ) from failure


def _resolve(host: str, port: int) -> list[Any]:
    try:
        return list(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
    except (OSError, UnicodeError) as error:
        raise SourceError(
            f"The name {host} is not known to this machine's name service. Check the spelling of the host.",
            step="resolve",
            host=host,
        ) from error


def _refused(host: str, address: str, kind: str) -> SourceError:
    where = host if host == address else f"{host} is {address}, which"
    return SourceError(
        f"{where} is a {kind} address: this installation connects to the public internet alone. Where the partner's"
        f" server really stands there, whoever runs this installation allows it: {SETTING}={address}.",
        step="resolve",
        reason="address_not_allowed",
        host=host,
    )
