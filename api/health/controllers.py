"""``GET /api/health`` and ``/api/health/ready``: public, and silent about everything else."""

import asyncio

import msgspec
from litestar import Controller, get
from litestar.datastructures import State
from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.authentication import PUBLIC
from api.connections import Connections
from api.problems import problems
from budget_sync.database.migrate import newest_migration
from budget_sync.domain.errors import DatabaseUnavailableError

_READY_SECONDS = 3.0  # whoever asks wants to send traffic elsewhere, and soon


class Health(msgspec.Struct, frozen=True, rename="camel"):
    """``ok``: the service lives. ``ready``: it can answer."""

    status: str = "ok"
    success: bool = True


def health_example(health: Health) -> dict[int, ResponseSpec]:
    """The answer as it looks, for the OpenAPI document."""
    example = Example(id=health.status, summary="All is well", value=msgspec.to_builtins(health))
    return {200: ResponseSpec(Health, generate_examples=False, description="All is well", examples=[example])}


class HealthController(Controller):
    """For load balancers and for whoever starts the service."""

    path = "/api/health"
    tags = ("Health",)
    opt = {"scope": PUBLIC}  # noqa: RUF012 - Litestar reads it from the class

    @get(operation_id="live", summary="Does the service live?", responses=health_example(Health()) | problems())
    async def live(self) -> Health:
        """Asks nothing of the database."""
        return Health()

    @get(
        "/ready",
        operation_id="ready",
        summary="Can the service answer?",
        responses=health_example(Health("ready")) | problems(503),
    )
    async def ready(self, state: State) -> Health:
        """200 where the database answers within 3 s and every migration is there, else 503."""
        asked = asyncio.ensure_future(_migration(state.connections))
        answered, _ = await asyncio.wait({asked}, timeout=_READY_SECONDS)
        if not answered:
            asked.cancel()  # and not waited for: to be let go, it asks the same server again
            raise DatabaseUnavailableError("The database does not answer. Nothing was done; try again in a moment.")
        if asked.result() != newest_migration():
            raise DatabaseUnavailableError("The tables are not up to date. Run: budget-sync db upgrade")
        return Health("ready")


async def _migration(connections: Connections) -> str | None:
    async with connections.lend() as connection:
        row = await (await connection.execute("SELECT version_num FROM alembic_version")).fetchone()
    return None if row is None else str(row[0])
