"""A thousand random sequences of import, edit, reserve, replace and undo: the program does what the simple rules say.

Many more of them: ``make model``.
"""

from uuid import UUID

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from budget_sync.database import Database
from budget_sync.importing.customers import create_customer
from budget_sync_tests.database.importing.model.play import OPERATIONS, Operation, play


@pytest.fixture
def fresh_customer(database: Database) -> UUID:
    """A customer without lines, whose transactions are all taken back."""
    return create_customer(database, "model").id


@hypothesis_settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(operations=st.lists(OPERATIONS, max_size=10))
def test_lines_revisions_balances_and_history_are_what_the_rules_say(
    database: Database, fresh_customer: UUID, operations: list[Operation]
) -> None:
    play(database, fresh_customer, operations)
