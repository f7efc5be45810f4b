"""As many steps against the model as are asked for: ``make model ARGS="--steps 1000000 --seed 1"``.

On a PostgreSQL of its own. Prints how many steps there were; the sequence that fails is shrunk and shown, and the exit
status is 1.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path
from uuid import UUID

import psycopg
from hypothesis import given, seed
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from budget_sync.database import Database, migrate
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.importing.customers import create_customer
from budget_sync.settings import Settings
from budget_sync_tests.database.importing.model.play import OPERATIONS, Operation, play

_SEQUENCES = 500  # of one seed; Hypothesis remembers all of them, to try none twice
_SECONDS_BETWEEN_LINES = 60


def main() -> None:
    """Play until there were enough steps."""
    parser = argparse.ArgumentParser(description="Random sequences of imports against a simple model.")
    parser.add_argument("--steps", type=int, default=1_000_000)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="budget_sync-model-") as home:
        server = EmbeddedServer.join(Path(home))
        try:
            with psycopg.connect(server.conninfo("postgres", "postgres"), autocommit=True) as connection:
                connection.execute("ALTER SYSTEM SET fsync = off")
                connection.execute("SELECT pg_reload_conf()")
            settings = Settings(home=Path(home), database_url=None)
            migrate(settings)
            with Database.open(settings) as database:
                _play_until(database, asked.steps, asked.seed)
        finally:
            server.leave()


def _play_until(database: Database, wanted: int, first_seed: int) -> None:
    customer_id = create_customer(database, "model").id
    steps, number, told, began = 0, first_seed, time.monotonic(), time.monotonic()
    while steps < wanted:
        steps += _play_seed(database, customer_id, number)
        number += 1
        if steps >= wanted or time.monotonic() - told > _SECONDS_BETWEEN_LINES:
            told = time.monotonic()
            sys.stdout.write(f"{steps:,} steps agree, seeds {first_seed} to {number - 1}, {told - began:.0f} s\n")
            sys.stdout.flush()


def _play_seed(database: Database, customer_id: UUID, number: int) -> int:
    steps = 0

    @seed(number)
    @hypothesis_settings(max_examples=_SEQUENCES, deadline=None, database=None)
    @given(operations=st.lists(OPERATIONS, max_size=60))
    def agree(operations: list[Operation]) -> None:
        nonlocal steps
        steps += play(database, customer_id, operations)

    agree()
    return steps


if __name__ == "__main__":
    main()
