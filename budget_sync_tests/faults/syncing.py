"""What the daemon does with sources, without Dagster around it: looks, claims, and the walk over what was claimed."""

from dataclasses import dataclass

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.importing.engine import Engine
from budget_sync.importing.result import ImportRecord
from budget_sync.orchestration.burst import Burst, Unread
from budget_sync.orchestration.lookout import Lookout
from budget_sync.sources.administration import add_source
from budget_sync.sources.configuration import SourceConfiguration, list_sources
from budget_sync.sources.kinds import S3, SFTP, SHEETS, ConnectionConfiguration, SourceSecrets

_PATIENCE_SECONDS = 120.0  # every look is waited for, however slow the machine


@dataclass(frozen=True)
class Tick:
    """What one tick came to: how many files were claimed, and why some could not be listed or read."""

    claimed: int
    failed: list[str]
    unread: list[str]


class Syncing:
    """One customer's sources; ``close`` ends it."""

    def __init__(self, database: Database, customer: Customer) -> None:
        self._database = database
        self._customer = customer
        self._engine = Engine(database)
        self._lookout = Lookout(database, workers=2)

    def add(self, connection: ConnectionConfiguration, secrets: SourceSecrets) -> None:
        """One more source."""
        add_source(self._database, self._customer.id, connection, secrets)

    def look(self) -> Tick:
        """Every source is looked at now, and nothing read."""
        return self._tick(reading=False)

    def tick(self) -> Tick:
        """Every source is looked at now, and what was claimed is imported."""
        return self._tick(reading=True)

    def ticks(self, count: int) -> list[Tick]:
        """So many, one after the other."""
        return [self.tick() for _ in range(count)]

    def read(self, *keys: str) -> list[str]:
        """Import what was claimed under these keys; why some could not be read."""
        outcomes = Burst(self._database, self._engine, run_id="test").walk(keys)
        return [outcome.reason for outcome in outcomes if isinstance(outcome, Unread)]

    def claimed_keys(self) -> list[str]:
        """Of all files that were claimed."""
        with self._database.tenant(self._customer.id) as session:
            rows = session.execute("SELECT partition_key FROM source_file WHERE claimed_at IS NOT NULL").fetchall()
        return [key for (key,) in rows]

    def amounts(self) -> dict[str, int]:
        """The whole amounts of the budget lines by department."""
        with self._database.tenant(self._customer.id) as session:
            rows = session.execute("SELECT department, budgeted_amount FROM budget WHERE deleted_at IS NULL").fetchall()
        return {department: int(amount) for department, amount in rows}

    def history(self) -> list[ImportRecord]:
        """The imports, oldest first."""
        return self._engine.history(self._customer.id)[::-1]

    def source(self) -> SourceConfiguration:
        """The only source, as its row is now."""
        (source,) = list_sources(self._database, self._customer.id)
        return source

    def close(self) -> None:
        """End the threads."""
        self._lookout.close()

    def _tick(self, *, reading: bool) -> Tick:
        with self._database.tenant(self._customer.id) as session:
            session.execute("UPDATE budget_data_source_config SET next_due_at = now() - interval '1 s'")
            if reading:  # what was claimed and not read is taken again
                session.execute("UPDATE source_file SET retry_at = now() - interval '1 s' WHERE retry_at IS NOT NULL")
        looks = [
            look
            for kind in (SFTP, S3, SHEETS)
            for look in self._lookout.collect(kind, patience_seconds=_PATIENCE_SECONDS)
        ]
        keys = [claim.key for look in looks for claim in look.claimed]
        unread = self.read(*keys) if reading and keys else []
        return Tick(len(keys), [look.error for look in looks if look.error], unread)
