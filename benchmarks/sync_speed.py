"""Measure syncs against their bars: from the sensor's tick that took the files to the last of them loaded.

Starts an installation of its own with a real SFTP server, and lets it warm up with one file. Prints one table; exits 1
when a bar is missed. ``--files`` is the size of the large burst.
"""

import argparse
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from running_site import RunningSite, running_site

from budget_sync.cli.demo.partner import Login, Partner
from budget_sync.importing.customers import create_customer
from budget_sync.sources.administration import add_source
from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets

_POLL_SECONDS = 2
_LOOK_SECONDS = 0.5
_MOST_SECONDS = 1800
# The run's process is warm after a tenth of the files; from then on it must not grow by more.
_MOST_GROWTH = 1.25
_ENOUGH_FOR_GROWTH = 100
_PROGRESS = """
    SELECT count(*) FILTER (WHERE h.finished_at IS NOT NULL), count(DISTINCT h.file_name), count(*),
           coalesce(max(f.attempts), 0), count(*) FILTER (WHERE h.status = 'completed'),
           extract(epoch FROM max(h.finished_at) - min(f.claimed_at))
    FROM source_file f LEFT JOIN import_history h ON h.id = f.import_id WHERE f.source_id = %s
"""


@dataclass(frozen=True)
class Synced:
    """One line of the table; ``growth``: how much larger the run's process became after a tenth of the files."""

    files: int
    seconds: float
    most_seconds: float | None
    once_each: bool
    since_dropped: float
    growth: float | None
    megabytes: float

    @property
    def is_met(self) -> bool:
        """Whether it is within its bars."""
        quick = self.most_seconds is None or self.seconds <= self.most_seconds
        return quick and self.once_each and (self.growth is None or self.growth <= _MOST_GROWTH)

    def __str__(self) -> str:
        bar = "" if self.most_seconds is None else f"<= {self.most_seconds:g} s"
        growth = "" if self.growth is None else f"x {self.growth:.2f}"
        once = "once each" if self.once_each else "NOT ONCE EACH"
        return (
            f"{self.files:6,} files  {self.seconds:7.1f} s {bar:8}  {self.since_dropped:7.1f} s since dropped"
            f"  {once}  {self.megabytes:5.0f} MB {growth:7} {'ok' if self.is_met else 'MISSED'}"
        )


def budget_file(number: int) -> str:
    """A small budget that no other number has."""
    rows = [f"Department {row},Software,FY2026,{number * 10 + row}.50,EUR" for row in range(8)]
    return "\n".join(["Department,Category,Fiscal Year,Budget Amount,Currency", *rows, ""])


def sync(running: RunningSite, folder: Path, login: Login, files: int, most_seconds: float | None) -> Synced:
    """Drop the files at once and wait until each has ended, watching the sizes of the processes."""
    name = f"burst-{files}-{time.time_ns()}"
    place = folder / name
    place.mkdir()
    for number in range(files):
        (place / f"budget_{number:05}.csv").write_text(budget_file(number))
    customer = create_customer(running.database, name)
    connection = SftpConfiguration(
        host=login.host, port=login.port, username=login.user, host_key=login.host_key, folder=f"/{name}"
    )
    source = add_source(
        running.database,
        customer.id,
        connection,
        SftpSecrets(password=login.password),
        name=name,
        poll_seconds=_POLL_SECONDS,
    )
    return _watch(running, customer.id, source, files, most_seconds)


def _watch(running: RunningSite, customer_id: UUID, source: UUID, files: int, most_seconds: float | None) -> Synced:
    dropped = time.monotonic()
    before = set(running.megabytes())
    sizes: list[tuple[int, float]] = []
    while True:
        with running.database.tenant(customer_id) as session:
            row = session.execute(_PROGRESS, (source,)).fetchone()
        assert row is not None
        ended, distinct, imports, attempts, completed, seconds = row
        new = [size for process, size in running.megabytes().items() if process not in before]
        sizes.append((ended, max(new, default=0.0)))
        if ended == files:
            break
        if time.monotonic() - dropped > _MOST_SECONDS:
            sys.exit(f"Only {ended} of {files} files had come in after {_MOST_SECONDS} s.")
        time.sleep(_LOOK_SECONDS)
    with running.database.tenant(customer_id) as session:
        history = session.execute("SELECT count(*) FROM import_history").fetchone()
    once = (distinct, imports, attempts, completed, history) == (files, files, 1, files, (files,))
    warm = [size for done, size in sizes if done >= files / 10 and size]
    growth = max(warm) / warm[0] if files >= _ENOUGH_FOR_GROWTH and warm else None
    since = time.monotonic() - dropped
    return Synced(files, float(seconds), most_seconds, once, since, growth, max(size for _, size in sizes))


def main() -> None:
    """Measure, print, say by the exit status whether all bars are met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=1_000)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        partner_folder = Path(folder, "partner")
        partner_folder.mkdir()
        with Partner(partner_folder) as partner, running_site(Path(folder, "home")) as running:
            sync(
                running, partner_folder, partner.login, 1, None
            )  # the daemon and the code server are warm from here on
            measured = []
            for files, most in ((1, 8.0), (50, 25.0), (asked.files, asked.files * 0.24)):
                measured.append(sync(running, partner_folder, partner.login, files, most))
                print(measured[-1], flush=True)
    sys.exit(0 if all(each.is_met for each in measured) else 1)


if __name__ == "__main__":
    main()
