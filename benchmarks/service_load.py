"""Load on a service over HTTP, from a process of its own, so that the client is never what is measured.

In: requests as they go over the wire, how many connections, for how long. Out: ``Load``. Each connection sends its next
request when the last answer is in; an answer is not read beyond its status and its length.
"""

import argparse
import asyncio
import json
import sys
import time
from dataclasses import asdict, dataclass
from itertools import count
from pathlib import Path
from subprocess import PIPE, Popen
from typing import cast

_PATIENCE_SECONDS = 20.0  # an answer that is not there by then will not come
_STATUS = slice(9, 12)  # of "HTTP/1.1 200 OK"


@dataclass(frozen=True)
class Load:
    """What came of it. Latencies in milliseconds; ``statuses`` counts the answers by their status."""

    requests_a_second: float
    median_ms: float
    p99_ms: float
    statuses: dict[str, int]


class _Connection(asyncio.Protocol):
    """One connection with one request on its way."""

    def __init__(self, load: "_Load") -> None:
        self._load = load
        self._answer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.Transport", transport)
        self._send()

    def data_received(self, data: bytes) -> None:
        self._answer += data
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return
        self._load.answered(head[_STATUS], time.perf_counter() - self._sent)
        self._answer = b""
        if self._load.is_over():
            self._transport.close()
        else:
            self._send()

    def connection_lost(self, error: Exception | None) -> None:
        self._load.left(error or (ConnectionError("closed early") if not self._load.is_over() else None))

    def _send(self) -> None:
        self._sent = time.perf_counter()
        self._transport.write(self._load.next_request())


class _Load:
    """The requests in a ring, and what was measured."""

    def __init__(self, requests: list[bytes], connections: int, seconds: float) -> None:
        self._requests = requests
        self._numbers = count()
        self._open = connections
        self._ends = time.perf_counter() + seconds
        self._seconds = seconds
        self._latencies: list[float] = []
        self._statuses: dict[str, int] = {}
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()

    def next_request(self) -> bytes:
        return self._requests[next(self._numbers) % len(self._requests)]

    def is_over(self) -> bool:
        return time.perf_counter() >= self._ends

    def answered(self, status: bytes, seconds: float) -> None:
        self._latencies.append(seconds)
        name = status.decode()
        self._statuses[name] = self._statuses.get(name, 0) + 1

    def left(self, error: Exception | None) -> None:
        self._open -= 1
        if self.done.done():
            return
        if error is not None:
            self.done.set_exception(error)
        elif not self._open:
            self.done.set_result(None)

    def measured(self) -> Load:
        ordered = sorted(self._latencies)
        at = {share: ordered[int(len(ordered) * share)] * 1000 for share in (0.5, 0.99)}
        return Load(len(ordered) / self._seconds, at[0.5], at[0.99], self._statuses)


def _length(head: bytes) -> int:
    _, found, rest = head.lower().partition(b"content-length:")
    return int(rest.partition(b"\r\n")[0]) if found else 0


def http_requests(path: str, headers: dict[str, str], bodies: list[bytes]) -> list[bytes]:
    """The bytes of POST requests. ``{n}`` in a header's value is the number of the request."""
    made = []
    for number, body in enumerate(bodies):
        lines = "".join(f"{name}: {value.replace('{n}', str(number))}\r\n" for name, value in headers.items())
        head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n{lines}"
        made.append(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    return made


def put_load(folder: Path, port: int, requests: list[bytes], *, connections: int, seconds: float) -> Load:
    """Start the process that sends, and wait for what it measured."""
    file = folder / f"requests_{port}"
    file.write_text("\n".join(request.hex() for request in requests))
    command = [sys.executable, __file__, str(file), str(port), str(connections), str(seconds)]
    with Popen(command, stdout=PIPE, text=True) as process:
        printed, _ = process.communicate()
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}.")
    return Load(**json.loads(printed))


async def _put(requests: list[bytes], port: int, connections: int, seconds: float) -> Load:
    load = _Load(requests, connections, seconds)
    loop = asyncio.get_running_loop()
    for _ in range(connections):
        await loop.create_connection(lambda: _Connection(load), "127.0.0.1", port)
    async with asyncio.timeout(seconds + _PATIENCE_SECONDS):
        await load.done
    return load.measured()


def main() -> None:
    """The sending process."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("port", type=int)
    parser.add_argument("connections", type=int)
    parser.add_argument("seconds", type=float)
    arguments = parser.parse_args()
    requests = [bytes.fromhex(line) for line in arguments.file.read_text().split("\n")]
    import uvloop  # noqa: PLC0415

    print(json.dumps(asdict(uvloop.run(_put(requests, arguments.port, arguments.connections, arguments.seconds)))))


if __name__ == "__main__":
    main()
