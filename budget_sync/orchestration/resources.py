"""What the assets and sensors work with: the database and the engine, one of each a process.

A resource is made anew for every tick and run, the pool of connections is not.
"""

from functools import cache
from typing import TYPE_CHECKING

from dagster import ConfigurableResource

from budget_sync.database import Database
from budget_sync.orchestration.lookout import Lookout
from budget_sync.settings import load_settings

if TYPE_CHECKING:
    from budget_sync.importing.engine import Engine

# Partners answer slowly, and waiting for them costs nothing.
_LOOKS_AT_ONCE = 32


class BudgetSync(ConfigurableResource[None]):
    """The program that the syncs drive."""

    @property
    def database(self) -> Database:
        """The database of this process."""
        return _database()

    @property
    def engine(self) -> "Engine":
        """What walks a file through."""
        return _engine()

    @property
    def lookout(self) -> Lookout:
        """What looks at the sources."""
        return _lookout()

    @property
    def service_url(self) -> str:
        """Where people reach the service, for links."""
        settings = self.database.settings
        return (settings.public_url or f"http://{settings.api_host}:{settings.api_port}").rstrip("/")


@cache
def _database() -> Database:
    return Database.open(load_settings())


@cache
def _engine() -> "Engine":
    from budget_sync.importing.engine import Engine  # noqa: PLC0415 - a second of imports that a sensor's tick spares

    return Engine(_database())


@cache
def _lookout() -> Lookout:
    return Lookout(_database(), workers=_LOOKS_AT_ONCE)
