"""One POST to an address that a customer named: resolved once, every address judged, the judged one connected to.

In: a URL, headers and a body. Out: the status and how the answer begins, or the reason in words. No redirect is
followed, no proxy of the environment asked, and nothing but the allowed ports reached: a webhook must not become a way
to the machines beside this one.
"""

import socket
import ssl
import time
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit

import httpcore

from budget_sync.domain.errors import UndeliverableError
from budget_sync.notification.reach import Reach

_CONNECT_SECONDS: Final = 5.0
_ANSWER_SECONDS: Final = 10.0
_WHOLE_SECONDS: Final = 15.0  # however slowly a receiver lets its answer drip
_SHOWN_BYTES: Final = 200


@dataclass(frozen=True, slots=True)
class Answer:
    """What the receiver said."""

    status: int
    begins: str


def post(url: str, headers: dict[str, str], body: bytes, reach: Reach, context: ssl.SSLContext | None = None) -> Answer:
    """The receiver's answer, whatever its status.

    Raises:
        UndeliverableError: there was none.
    """
    secure = urlsplit(url).scheme == "https"
    timeouts = {"connect": _CONNECT_SECONDS, "read": _ANSWER_SECONDS, "write": _ANSWER_SECONDS, "pool": 1.0}
    backend = _JudgingBackend(reach, is_secure=secure)
    try:
        with (
            httpcore.ConnectionPool(network_backend=backend, ssl_context=context, retries=0) as pool,
            pool.stream(
                "POST", url, headers=list(headers.items()), content=body, extensions={"timeout": timeouts}
            ) as response,
        ):
            begins = b""
            for part in response.iter_stream():
                begins += part
                if len(begins) >= _SHOWN_BYTES:
                    break  # more of it is nobody's business, and may have no end
            return Answer(response.status, _shown(begins))
    except (httpcore.NetworkError, httpcore.TimeoutException, httpcore.ProtocolError, OSError) as error:
        raise UndeliverableError(f"No answer: {type(error).__name__} {error}".strip()) from error


def _shown(begins: bytes) -> str:
    """How an answer begins, as a log takes it."""
    text = begins[:_SHOWN_BYTES].decode("utf-8", "replace")
    return "".join(character if character.isprintable() else " " for character in text)


class _JudgingBackend(httpcore.NetworkBackend):
    """Connects to the very address that was judged, so that a name that changes its answer gains nothing."""

    def __init__(self, reach: Reach, *, is_secure: bool) -> None:
        self._reach = reach
        self._is_secure = is_secure
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Any = None,
    ) -> httpcore.NetworkStream:
        """A connection to the first of the host's addresses, all of which may be reached."""
        addresses = _resolve(host, port)
        self._reach.judge(host, port, addresses, is_secure=self._is_secure)
        connected = self._plain.connect_tcp(addresses[0], port, timeout, local_address, socket_options)
        return _UntilDeadline(connected, time.monotonic() + _WHOLE_SECONDS)


class _UntilDeadline(httpcore.NetworkStream):
    """A connection that ends at its time, whatever is still to come."""

    def __init__(self, stream: httpcore.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What comes within the time that is left."""
        return self._stream.read(max_bytes, self._left(timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send, within the time that is left."""
        self._stream.write(buffer, self._left(timeout))

    def close(self) -> None:
        """Close it."""
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.NetworkStream:
        """The same with TLS, until the same moment."""
        return _UntilDeadline(self._stream.start_tls(ssl_context, server_hostname, self._left(timeout)), self._deadline)

    def get_extra_info(self, info: str) -> Any:
        """What the connection knows of itself."""
        return self._stream.get_extra_info(info)

    def _left(self, timeout: float | None) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise httpcore.ReadTimeout("its answer took too long")
        return left if timeout is None else min(left, timeout)


def _resolve(host: str, port: int) -> list[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise UndeliverableError(f"The name {host} is not known to this machine's name service.") from error
    return list(dict.fromkeys(str(address[0]) for *_, address in found))
