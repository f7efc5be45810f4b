"""What schemathesis loads before it fuzzes: a new key for each call.

A call may revoke or rotate any key that it finds, its own too, and a key has its limits: with one key for all, most
calls end as 401 or 429 and show nothing. The environment names the customer; the settings stand there as well.
"""

import os
from functools import cache
from uuid import UUID

import schemathesis

from budget_sync.database import Database
from budget_sync.importing.keys import SCOPES, create_key
from budget_sync.importing.operators import create_operator_key
from budget_sync.settings import Settings

CUSTOMER = "FUZZED_CUSTOMER"
_CUSTOMERS = "/api/customers"


@cache
def _database() -> Database:
    return Database.open(Settings())


@schemathesis.auth(refresh_interval=None)
class NewKey:
    """A key of the customer with every scope; of an operator where customers themselves are kept."""

    def get(self, _: schemathesis.Case, context: schemathesis.AuthContext) -> str:
        """The key."""
        if context.operation.path.startswith(_CUSTOMERS):
            return create_operator_key(_database())
        return create_key(_database(), UUID(os.environ[CUSTOMER]), scopes=SCOPES)

    def set(self, case: schemathesis.Case, data: str, _: schemathesis.AuthContext) -> None:
        """Show it."""
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


@schemathesis.hook
def filter_case(_: schemathesis.HookContext, case: schemathesis.Case) -> bool:
    """Not the one call after which no key is good: to delete the customer whose keys they are."""
    deletes = case.operation.path.startswith(_CUSTOMERS) and case.method == "DELETE"
    return not (deletes and os.environ[CUSTOMER] in (case.path_parameters or {}).values())
