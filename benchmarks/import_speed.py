"""Measure imports against their bars and their peers, all on one machine in one run; print one table.

Ours is the whole: analysis, validation, upsert, revisions, provenance and history. The peers do nothing of that: dlt,
``pandas.read_csv`` with ``to_sql`` (method None, its default), and psql's copy. Makes its own files and its own
database in a temporary folder. Exits 1 when a bar is missed.
"""

import argparse
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import psycopg
from budget_files import budget_file
from figures import HEADINGS, Bar, Figure, Run, below, median_of, smaller, times
from load_step import measure_load_step
from warm_imports import measure_changes_and_undo, measure_http, measure_warm
from whole_processes import run_import, run_peer

from budget_sync.database import Database, migrate
from budget_sync.database.addresses import DATABASE
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.importing.customers import create_customer, find_customer
from budget_sync.settings import Settings

_MEDIUM, _SMALL = 10_000, 1_000
_MEGABYTES = 700
_OFTENER = 3  # 9,000 rows more take 0.04 s: as much as one start of the program may differ from the next


@dataclass(frozen=True)
class Place:
    """Where it is measured. ``peers``: the URL of a database for them on the same server."""

    folder: Path
    home: Path
    database: Database
    admin: str
    peers: str
    rounds: int

    def file(self, rows: int, factor: int) -> Path:
        """A budget file of so many rows."""
        file = self.folder / f"budget_{rows}_{factor}.csv"
        if not file.exists():
            file.write_bytes(budget_file(rows, factor=factor))
        return file

    def fresh_imports(self, rows: int, rounds: int) -> list[Run]:
        """Whole processes, each for a customer that has nothing yet."""
        names = [f"fresh-{rows}-{turn}" for turn in range(rounds)]
        for name in names:
            create_customer(self.database, name)
        return [run_import(self.home, name, self.file(rows, 3)) for name in names]


@dataclass(frozen=True)
class Compared:
    """One size, ours and the peers, turn by turn."""

    ours: Run
    dlt: Run
    pandas: Run


def compare(place: Place, rows: int, rounds: int) -> Compared:
    """Each in its turn, so that a busy moment of the machine does not fall on one of them alone."""
    ours, dlt, pandas = [], [], []
    for turn in range(rounds):
        name = f"compared-{rows}-{turn}"
        create_customer(place.database, name)
        ours.append(run_import(place.home, name, place.file(rows, 3)))
        dlt.append(run_peer("peer_dlt.py", place.folder, place.peers, place.file(rows, 3)))
        pandas.append(run_peer("peer_pandas.py", place.folder, place.peers, place.file(rows, 3)))
    return Compared(median_of(ours), median_of(dlt), median_of(pandas))


def small_files(place: Place) -> Iterator[Figure]:
    """A thousand rows: a whole process, a warm one, and over HTTP."""
    create_customer(place.database, "small")
    run_import(place.home, "small", place.file(_SMALL, 3))
    whole = median_of([run_import(place.home, "small", place.file(_SMALL, 5 + turn)) for turn in range(place.rounds)])
    yield Figure(f"{_SMALL:,} rows, whole process", whole, (below(1.5, whole),))
    warm = measure_warm(place.database, _SMALL)
    yield Figure(f"{_SMALL:,} rows, warm process", warm, (below(0.15, warm),))
    thousand, hundred = measure_http(place.database, place.home, [_SMALL, 100])
    yield Figure(f"{_SMALL:,} rows over HTTP, request to answer", thousand, (below(0.3, thousand),))
    yield Figure("100 rows over HTTP, request to answer", hundred, (below(0.15, hundred),))


def against_peers(place: Place, rows: int) -> Iterator[Figure]:
    """The comparison, and what follows from one import: the same again, its changes, its undo, its load step."""
    found = compare(place, rows, place.rounds)
    ours = found.ours
    held = (
        times(1 / 1.5, ours, found.dlt, "dlt"),
        times(1, ours, found.pandas, "to_sql"),
        below(max(rows * 15 / 100_000, 1.5), ours),
        smaller(_MEGABYTES, ours),
    )
    yield Figure(f"{rows:,} rows, whole process", ours, held)
    yield Figure("   dlt", found.dlt)
    yield Figure("   pandas.read_csv + to_sql (plain)", found.pandas)
    name = f"compared-{rows}-0"
    again = run_import(place.home, name, place.file(rows, 3))
    yield Figure(f"{rows:,} rows again, unchanged", again, (times(0.5, again, ours, "the first time"),))
    changed = run_import(place.home, name, place.file(rows, 7))
    yield Figure(f"{rows:,} rows, every amount changed", changed, (smaller(_MEGABYTES, changed),))
    diff, undo = measure_changes_and_undo(place.database, find_customer(place.database, name).id)
    yield Figure("   the diff of it", diff, (below(5, diff),))
    yield Figure("   its undo", undo, (below(max(rows / 10_000, 1), undo),))
    content = place.file(rows, 3).read_bytes()
    step, copied = measure_load_step(place.database, place.admin, content, place.rounds, place.folder)
    yield Figure(f"{rows:,} rows, the load step alone, warm", step, (times(3, step, copied, "\\copy"),))
    yield Figure("   psql \\copy into the same indexed table", copied)


def large_file(place: Place, rows: int) -> Iterator[Figure]:
    """The largest file: beside the peers, in little memory, and no dearer by the row than a small one."""
    rounds = place.rounds * _OFTENER
    medium = median_of(place.fresh_imports(_MEDIUM, rounds))
    small = median_of(place.fresh_imports(_SMALL, rounds))
    found = compare(place, rows, place.rounds)
    ours = found.ours
    by_row = (ours.cpu - small.cpu) / (rows - _SMALL) / ((medium.cpu - small.cpu) / (_MEDIUM - _SMALL))
    held = (
        times(1, ours, found.dlt, "dlt"),
        times(1, ours, found.pandas, "to_sql"),
        smaller(_MEGABYTES, ours),
        Bar(f"a row <= 1.3 x one of {_MEDIUM:,} ({by_row:.2f}, CPU)", by_row <= 1.3),  # noqa: PLR2004 - the bar
    )
    yield Figure(f"{_MEDIUM:,} rows, whole process", medium)
    yield Figure(f"{rows:,} rows, whole process", ours, held)
    yield Figure("   dlt", found.dlt)
    yield Figure("   pandas.read_csv + to_sql (plain)", found.pandas)


def measure(folder: Path, rows: int, large_rows: int, rounds: int) -> Iterator[Figure]:
    """All measurements in one server, one after the other."""
    home = folder / "home"
    settings = Settings(home=home, database_url=None)
    with Database.open(settings) as database:
        migrate(settings)
        server = EmbeddedServer.join(home)
        try:
            with psycopg.connect(server.conninfo("postgres", "postgres"), autocommit=True) as connection:
                connection.execute("CREATE DATABASE peers")
            socket = quote(psycopg.conninfo.conninfo_to_dict(server.conninfo("postgres", "peers"))["host"], safe="")
            peers = f"postgresql://postgres:unused@localhost:5432/peers?host={socket}"
            place = Place(folder, home, database, server.conninfo("postgres", DATABASE), peers, rounds)
            yield from small_files(place)
            yield from against_peers(place, rows)
            if large_rows:
                yield from large_file(place, large_rows)
        finally:
            server.leave()


def main() -> None:
    """Print each figure as it is found; 1 where a bar is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the file that peers are compared with")
    parser.add_argument("--large", type=int, default=1_000_000, help="rows of the largest file; 0 leaves it out")
    parser.add_argument("--rounds", type=int, default=3, help="how often each is measured; the median counts")
    arguments = parser.parse_args()
    print(HEADINGS, flush=True)
    missed = False
    with tempfile.TemporaryDirectory(prefix="budget_sync_bench") as folder:
        for figure in measure(Path(folder), arguments.rows, arguments.large, arguments.rounds):
            print(figure, flush=True)
            missed |= not figure.is_met
    sys.exit(missed)


if __name__ == "__main__":
    main()
