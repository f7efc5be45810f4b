"""Measure imports against their bars: whole processes with the database running, and a warm process.

Makes its own files and its own database in a temporary folder. Prints one table; exits 1 when a bar is missed.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from budget_sync.database import Database, migrate
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer, create_customer
from budget_sync.importing.options import IncomingFile
from budget_sync.settings import Settings

_MEGABYTE = 1024 * 1024
_KILOBYTES_A_MEGABYTE = 1024 if sys.platform != "darwin" else _MEGABYTE
_WARM_RUNS = 7


@dataclass(frozen=True)
class Measured:
    """One line of the table. ``cpu`` is our own, without the server's: it tells a busy machine from slow code.

    ``megabytes``: the largest resident size, None where it was not looked at.
    """

    name: str
    seconds: float
    cpu: float
    most_seconds: float | None = None
    megabytes: float | None = None
    most_megabytes: float | None = None

    @property
    def is_met(self) -> bool:
        """Whether it is within its bars; without any it is only shown."""
        slow = self.most_seconds is not None and self.seconds > self.most_seconds
        large = self.most_megabytes is not None and self.megabytes is not None and self.megabytes > self.most_megabytes
        return not (slow or large)

    def __str__(self) -> str:
        bar = "" if self.most_seconds is None else f"< {self.most_seconds:g} s"
        size = "" if self.megabytes is None else f"{self.megabytes:.0f} MB"
        size_bar = "" if self.most_megabytes is None else f"< {self.most_megabytes:g} MB"
        verdict = "" if not bar else ("ok" if self.is_met else "MISSED")
        return f"{self.name:44} {self.seconds:8.3f} s {bar:9} {self.cpu:8.3f} s CPU {size:>8} {size_bar:9} {verdict}"


def budget_file(rows: int, *, factor: int = 1) -> bytes:
    """A long file: departments by categories by months, two decimals; another factor gives other amounts."""
    lines = ["Department,Category,Period,Budget"]
    for number in range(rows):
        department, rest = number % 500, number // 500
        amount = f"{number * factor % 99_991}.{number % 100:02d}"
        lines.append(f"Department {department},Category {rest // 12},2025-{rest % 12 + 1:02d},{amount}")
    return ("\n".join(lines) + "\n").encode()


def whole_process(name: str, home: Path, file: Path, seconds: float | None, megabytes: float | None = None) -> Measured:
    """``budget-sync import`` from its start to its end."""
    command = [str(Path(sys.executable).with_name("budget-sync")), "import", str(file), "--customer", "bench", "--json"]
    environment = {**os.environ, "BUDGET_SYNC_HOME": str(home)}
    begin = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}.")
    cpu = usage.ru_utime + usage.ru_stime
    return Measured(name, taken, cpu, seconds, usage.ru_maxrss / _KILOBYTES_A_MEGABYTE, megabytes)


def warm(name: str, database: Database, customer: Customer, rows: int, seconds: float | None) -> Measured:
    """The median of imports of different files in one process that has imported before."""
    engine = Engine(database)
    taken, cpu = [], []
    for run in range(_WARM_RUNS):
        content = budget_file(rows, factor=run + 2)
        begin, cpu_begin = time.perf_counter(), time.process_time()
        result = engine.run(customer.id, IncomingFile("warm.csv", content))
        taken.append(time.perf_counter() - begin)
        cpu.append(time.process_time() - cpu_begin)
        assert result.success, result.error
    return Measured(name, statistics.median(taken[1:]), statistics.median(cpu[1:]), seconds)


def measure(folder: Path, rows: int) -> list[Measured]:
    """All measurements in one database, each process alone on the machine."""
    home = folder / "home"
    settings = Settings(home=home, database_url=None)
    small, large = folder / "small.csv", folder / "large.csv"
    small.write_bytes(budget_file(1_000))
    large.write_bytes(budget_file(rows, factor=3))
    with Database.open(settings) as database:
        migrate(settings)
        customer = create_customer(database, "bench")
        warm_customer = create_customer(database, "warm")
        return [
            whole_process("1,000 rows, whole process, first ever", home, small, None),
            whole_process("1,000 rows again, unchanged", home, small, 1.5),
            _changed(home, folder, 1_000, 1.5),
            warm("1,000 rows, warm process (median)", database, warm_customer, 1_000, 0.15),
            whole_process(f"{rows:,} rows, whole process", home, large, rows * 15 / 100_000, 700),
            whole_process(f"{rows:,} rows again, unchanged", home, large, rows * 7.5 / 100_000, 700),
            _changed(home, folder, rows, rows * 15 / 100_000, 700),
            _undo(database, customer),
        ]


def _changed(home: Path, folder: Path, rows: int, seconds: float, megabytes: float | None = None) -> Measured:
    file = folder / f"changed_{rows}.csv"
    file.write_bytes(budget_file(rows, factor=7))
    return whole_process(f"{rows:,} rows, every amount changed", home, file, seconds, megabytes)


def _undo(database: Database, customer: Customer) -> Measured:
    """The last import, which changed every line of the large file, taken back."""
    engine = Engine(database)
    (last,) = engine.history(customer.id, limit=1)
    begin, cpu_begin = time.perf_counter(), time.process_time()
    result = engine.undo(customer.id, last.import_id)
    taken = time.perf_counter() - begin
    assert result.success, result.error
    seconds = max(result.stats.updated, 10_000) / 10_000
    return Measured(f"undo of {result.stats.updated:,} lines", taken, time.process_time() - cpu_begin, seconds)


def main() -> None:
    """Print the table and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="rows of the large file")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="budget_sync_bench") as folder:
        results = measure(Path(folder), arguments.rows)
    for result in results:
        print(result)
    sys.exit(0 if all(result.is_met for result in results) else 1)


if __name__ == "__main__":
    main()
