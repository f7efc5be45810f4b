"""Measure the check against its bars: FastAPI with asyncpg answering the bare lookup, and against ten million lines.

Both sides are one worker over the same database, loaded in turns from a third process. Prints both sides; exits 1 when
a bar is missed.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from many_lines import ManyLines, fill
from running_services import Service, our_service, peer_service
from service_load import Load, http_requests, put_load

from budget_sync.database import Database, migrate
from budget_sync.database.addresses import DATABASE
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.importing.customers import create_customer
from budget_sync.importing.keys import create_key
from budget_sync.settings import Settings

_PATH = "/api/budget/check"
_CONNECTIONS = 16
_QUESTIONS = 20_000
_FASTER_THAN_PEER = 1.2
_SLOWER_WITH_MANY = 1.2


@dataclass(frozen=True)
class Side:
    """One service and the requests that it is sent."""

    name: str
    service: Service
    requests: list[bytes]

    def measure(self, folder: Path, seconds: float) -> tuple[Load, float]:
        """One round, and the CPU of the service in microseconds a request."""
        before = self.service.cpu_seconds()
        load = put_load(folder, self.service.port, self.requests, connections=_CONNECTIONS, seconds=seconds)
        assert set(load.statuses) == {"200"}, load.statuses
        cpu = (self.service.cpu_seconds() - before) / sum(load.statuses.values()) * 1_000_000
        return load, cpu


@dataclass(frozen=True)
class Rounds:
    """All rounds of one side."""

    name: str
    loads: Sequence[Load]
    cpus: Sequence[float]

    @property
    def rate(self) -> float:
        """Requests a second, the median of the rounds."""
        return statistics.median(load.requests_a_second for load in self.loads)

    @property
    def p99(self) -> float:
        """Milliseconds, the median of the rounds."""
        return statistics.median(load.p99_ms for load in self.loads)

    def __str__(self) -> str:
        median = statistics.median(load.median_ms for load in self.loads)
        cpu = statistics.median(self.cpus)
        return (
            f"{self.name:44} {self.rate:7.0f} requests/s  median {median:6.2f} ms  p99 {self.p99:6.2f} ms  "
            f"{cpu:5.0f} us CPU a request"
        )


def in_turns(sides: Sequence[Side], folder: Path, rounds: int, seconds: float) -> list[Rounds]:
    """Each side once a round, after one round that does not count."""
    measured: list[list[tuple[Load, float]]] = [[] for _ in sides]
    for number in range(rounds + 1):
        for side, results in zip(sides, measured, strict=True):
            result = side.measure(folder, seconds if number else 2.0)
            if number:
                results.append(result)
    return [
        Rounds(side.name, [load for load, _ in results], [cpu for _, cpu in results])
        for side, results in zip(sides, measured, strict=True)
    ]


def against_peer(folder: Path, lines: int, rounds: int, seconds: float) -> bool:
    """The full check beside the bare lookup; whether the bars are met."""
    with ExitStack() as stack:
        home, superuser, many = installation(stack, folder, lines)
        questions = many.questions(_QUESTIONS)
        ours = http_requests(_PATH, {"Authorization": f"Bearer {_key(home, many)}"}, questions)
        sides = [
            Side(f"full check, {many.count:,} lines", stack.enter_context(our_service(home)), ours),
            Side(
                "FastAPI + asyncpg, bare lookup",
                stack.enter_context(peer_service(superuser)),
                http_requests(_PATH, {}, questions),
            ),
        ]
        check, peer = in_turns(sides, folder, rounds, seconds)
    ratios = [a.requests_a_second / b.requests_a_second for a, b in zip(check.loads, peer.loads, strict=True)]
    ratio = statistics.median(ratios)
    print(check, peer, sep="\n")
    met = ratio >= _FASTER_THAN_PEER and check.p99 < peer.p99
    print(f"  {ratio:.2f} times the peer's rate, p99 {check.p99 / peer.p99:.2f} times: {_verdict(met)}")
    return met


def against_few(folder: Path, many: int, few: int, rounds: int, seconds: float) -> bool:
    """The same check with few and with many lines; whether the bar is met."""
    with ExitStack() as stack:
        sides = []
        for lines in (few, many):
            home, _, made = installation(stack, folder, lines)
            requests = http_requests(_PATH, {"Authorization": f"Bearer {_key(home, made)}"}, made.questions(_QUESTIONS))
            service = stack.enter_context(our_service(home))
            sides.append(Side(f"full check, {made.count:,} lines", service, requests))
        with_few, with_many = in_turns(sides, folder, rounds, seconds)
    ratio = statistics.median(
        a.requests_a_second / b.requests_a_second for a, b in zip(with_few.loads, with_many.loads, strict=True)
    )
    print(with_few, with_many, sep="\n")
    print(f"  {ratio:.2f} times slower with many: {_verdict(ratio <= _SLOWER_WITH_MANY)}")
    return ratio <= _SLOWER_WITH_MANY


def installation(stack: ExitStack, folder: Path, lines: int) -> tuple[Path, str, ManyLines]:
    """A home with a running server and this many lines; the address of its superuser."""
    home = folder / f"home_{lines}"
    settings = Settings(home=home, database_url=None)
    database = stack.enter_context(Database.open(settings))
    migrate(settings)
    server = EmbeddedServer.join(home)
    stack.callback(server.leave)
    superuser = f"postgresql://postgres@/{DATABASE}?host={server.socket_folder}"
    return home, superuser, fill(superuser, create_customer(database, "bench").id, lines)


def _key(home: Path, many: ManyLines) -> str:
    with Database.open(Settings(home=home, database_url=None)) as database:
        return create_key(database, many.customer_id)


def _verdict(met: bool) -> str:
    return "ok" if met else "MISSED"


def main() -> None:
    """Print both comparisons."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000, help="beside the peer; 0: leave that comparison out")
    parser.add_argument("--many", type=int, default=10_000_000, help="0: leave that comparison out")
    parser.add_argument("--few", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each round")
    arguments = parser.parse_args()
    met = []
    if arguments.lines:
        with tempfile.TemporaryDirectory(prefix="budget_sync_bench") as folder:
            met.append(against_peer(Path(folder), arguments.lines, arguments.rounds, arguments.seconds))
    if arguments.many:
        with tempfile.TemporaryDirectory(prefix="budget_sync_bench") as folder:
            few, many = arguments.few, arguments.many
            met.append(against_few(Path(folder), many, few, arguments.rounds, arguments.seconds))
    sys.exit(0 if all(met) else 1)


if __name__ == "__main__":
    main()
