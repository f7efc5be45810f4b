"""A running installation for measurements: PostgreSQL, Dagster's code server and daemon, a partner's SFTP server.

In: an empty folder. Out: ``RunningSite``, and what its processes occupy. Nothing of it outlives the block.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from dagster import DagsterInstance

from budget_sync.cli.processes import Processes
from budget_sync.cli.progress import Progress
from budget_sync.cli.running import start_programs
from budget_sync.cli.site import Site
from budget_sync.database import Database, migrate
from budget_sync.settings import Settings

_KILOBYTES_A_MEGABYTE = 1024


@dataclass(frozen=True)
class RunningSite:
    """What the measurements ask and watch."""

    database: Database
    site: Site

    def megabytes(self) -> dict[int, float]:
        """What each process of the site occupies now, by its number."""
        return {
            process: _resident(process)
            for process in (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
            if _belongs_to(process, self.site.home)
        }

    def tick_seconds(self, sensor: str) -> list[float]:
        """How long the ticks of this sensor took that have ended."""
        os.environ |= {"DAGSTER_HOME": str(self.site.dagster_home), "BUDGET_SYNC_DAGSTER_URL": self.site.dagster_url}
        with DagsterInstance.get() as instance:
            ticks = [
                tick
                for state in instance.all_instigator_state()
                if state.instigator_name == sensor
                for tick in instance.get_ticks(state.instigator_origin_id, state.selector_id)
            ]
        return [tick.end_timestamp - tick.timestamp for tick in ticks if tick.end_timestamp is not None]


@contextmanager
def running_site(home: Path) -> Iterator[RunningSite]:
    """Everything that ``budget-sync up`` starts but the UI; it is ready when the block begins."""
    settings = Settings(home=home, database_url=None, allowed_networks="loopback")
    os.environ["BUDGET_SYNC_ALLOWED_NETWORKS"] = settings.allowed_networks
    with Database.open(settings) as database:
        migrate(settings)
        site = Site.choose(settings, database.dagster_url)
        with Processes(home / "logs") as processes:
            with Progress() as progress:
                start_programs(site, processes, progress)
            yield RunningSite(database, site)


def _belongs_to(process: int, home: Path) -> bool:
    try:
        environment = Path(f"/proc/{process}/environ").read_bytes()
    except OSError:
        return False  # it has ended, or is somebody else's
    return f"BUDGET_SYNC_HOME={home}".encode() in environment


def _resident(process: int) -> float:
    try:
        status = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0.0
    lines = [line for line in status.splitlines() if line.startswith("VmRSS:")]
    return int(lines[0].split()[1]) / _KILOBYTES_A_MEGABYTE if lines else 0.0
