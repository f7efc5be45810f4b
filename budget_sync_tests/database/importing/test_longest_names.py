"""The longest names that a file may hold are loaded; one row with longer ones is that row's error, not the file's."""

import random

from budget_sync.database import Database
from budget_sync.domain.fields import ImportState
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.options import ImportOptions
from budget_sync_tests.database.importing.files import budget_csv, budget_rows, incoming, rows_of

_SIGNS = random.Random(7)  # noqa: S311 - no secret: signs that do not compress


def _name(length: int) -> str:
    return "".join(chr(_SIGNS.randrange(0x4E00, 0x9000)) for _ in range(length))


def test_two_names_of_the_greatest_length_fit_the_index(database: Database, customer: Customer) -> None:
    rows = [*budget_rows(), (_name(400), _name(400), "FY2025", "5")]
    result = Engine(database).run(customer.id, incoming(budget_csv(rows)))
    assert (result.status, result.imported) == (ImportState.COMPLETED, 21)


def test_a_name_that_no_index_holds_keeps_its_row_back(database: Database, customer: Customer) -> None:
    rows = [*budget_rows(), (_name(500), _name(500), "FY2025", "5")]
    result = Engine(database).run(customer.id, incoming(budget_csv(rows)), ImportOptions(max_error_rate=1))
    assert (result.status, result.imported) == (ImportState.COMPLETED_WITH_ERRORS, 20)
    assert {error.code for error in result.errors} == {"bad_name"}
    assert rows_of(database, customer, "SELECT count(*) FROM budget") == [(20,)]
