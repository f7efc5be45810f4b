"""What a load does to the lines that stand, to their revisions and their provenance."""

import time
from threading import Thread
from typing import Any

import psycopg
import pytest

from budget_sync.database import Database
from budget_sync.importing.customers import Customer
from budget_sync.loading import LoadOutcome
from budget_sync.validation.lines import RowError
from budget_sync_tests.database.loading.lines import amounts_of, line, load_lines, validated


def _rows(database: Database, customer: Customer, query: str) -> list[tuple[Any, ...]]:
    with database.tenant(customer.id) as connection:
        return connection.execute(query).fetchall()


def test_new_lines_are_created(database: Database, customer: Customer) -> None:
    outcome = load_lines(database, customer.id, validated(line("Engineering", "100"), line("Sales", "20.5")))
    assert outcome == LoadOutcome(created=2, updated=0, unchanged=0)
    assert amounts_of(database, customer.id) == {("Engineering", "", "FY2025"): "100", ("Sales", "", "FY2025"): "20.5"}


def test_only_lines_that_differ_are_written_again(database: Database, customer: Customer) -> None:
    load_lines(database, customer.id, validated(line("Engineering", "100"), line("Sales", "20")))
    outcome = load_lines(
        database, customer.id, validated(line("Engineering", "100.00"), line("Sales", "21"), line("Legal", "5"))
    )
    assert outcome == LoadOutcome(created=1, updated=1, unchanged=1)
    revisions = _rows(
        database, customer, "SELECT change, old_amount::int, new_amount::int FROM budget_revision ORDER BY id"
    )
    assert revisions == [
        ("created", None, 100),
        ("created", None, 20),
        ("created", None, 5),
        ("updated", 20, 21),
    ]


def test_spellings_of_one_name_are_one_line_named_as_first_written(database: Database, customer: Customer) -> None:
    load_lines(database, customer.id, validated(line("Engineering", "1"), line("  ENGINEERING ", "2")))
    load_lines(database, customer.id, validated(line("engineering", "7")))
    assert amounts_of(database, customer.id) == {("Engineering", "", "FY2025"): "7"}


def test_amounts_of_one_line_are_summed_exactly_and_each_keeps_its_place(
    database: Database, customer: Customer
) -> None:
    load_lines(database, customer.id, validated(line("Sales", "0.1"), line("Sales", "0.2"), line("Sales", "1e1")))
    assert amounts_of(database, customer.id) == {("Sales", "", "FY2025"): "10.3"}
    places = _rows(database, customer, 'SELECT "row", "column", raw_amount FROM import_line_source ORDER BY "row"')
    assert places == [(1, 3, "0.1"), (2, 3, "0.2"), (3, 3, "1e1")]


def test_the_cell_of_a_line_is_known_whether_it_was_made_changed_or_summed(
    database: Database, customer: Customer
) -> None:
    load_lines(database, customer.id, validated(line("Sales", "10"), line("Legal", "20")))
    load_lines(database, customer.id, validated(line("Sales", "11"), line("Legal", "20"), line("Ops", "5")))
    load_lines(database, customer.id, validated(line("Ops", "6"), line("Ops", "7"), line("Sales", "11")))
    places = _rows(
        database,
        customer,
        'SELECT b.department, s."row", s.amount, s.raw_amount'
        " FROM import_line_source s JOIN budget b ON b.id = s.budget_id ORDER BY b.department, s.amount, s.row",
    )
    assert places == [
        ("Legal", 2, 20, "20"),
        ("Legal", 2, 20, "20"),
        ("Ops", 3, 5, "5"),
        ("Ops", 1, 6, "6"),
        ("Ops", 2, 7, "7"),
        ("Sales", 1, 10, "10"),
        ("Sales", 1, 11, "11"),
        ("Sales", 3, 11, "11"),
    ]


def test_lines_that_differ_in_any_key_are_lines_of_their_own(database: Database, customer: Customer) -> None:
    outcome = load_lines(
        database,
        customer.id,
        validated(
            line("Sales", "1"),
            line("Sales", "1", sub_category="Travel"),
            line("Sales", "1", period="2025-03"),
            line("Sales", "1", line_type="revenue"),
            line("Sales", "1", currency="USD"),
        ),
    )
    assert outcome.created == 5


def test_many_lines_are_matched_as_fast_as_they_were_made_right_before(database: Database, customer: Customer) -> None:
    """PostgreSQL knows nothing of the table yet, and might take the wrong index for each line."""
    seconds = []
    for amount in ("1", "2"):
        lines = (
            line(
                f"Department {number % 500}",
                amount,
                sub_category=f"Category {number // 6_000}",
                period=f"2025-{number // 500 % 12 + 1:02d}",
            )
            for number in range(20_000)
        )
        file = validated(*lines)
        began = time.monotonic()
        outcome = load_lines(database, customer.id, file)
        seconds.append(time.monotonic() - began)
    assert outcome.updated == 20_000
    assert seconds[1] < 5 * seconds[0]  # by the index on periods it took ten times as long


def test_names_may_hold_whatever_text_may(database: Database, customer: Customer) -> None:
    name = "R&D \\N \\ 'quoted' \"double\" Ünïcode 部門 ; DROP TABLE budget --"
    load_lines(database, customer.id, validated(line(name, "1", sub_category="a\\tb")))
    assert amounts_of(database, customer.id) == {(name, "a\\tb", "FY2025"): "1"}


def test_bad_rows_are_kept_with_their_reasons(database: Database, customer: Customer) -> None:
    errors = (RowError(9, "Amount", "n/b\0", "bad_amount", "no amount"), RowError(4, None, "", "empty", "nothing"))
    load_lines(database, customer.id, validated(line("Sales", "1"), errors=errors))
    kept = _rows(database, customer, 'SELECT "row", column_name, value, code FROM import_row_error ORDER BY position')
    assert kept == [(9, "Amount", "n/b", "bad_amount"), (4, None, "", "empty")]


def test_an_amount_below_what_is_used_is_loaded_and_counted(database: Database, customer: Customer) -> None:
    load_lines(database, customer.id, validated(line("Sales", "100")))
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET reserved_amount = 30, committed_amount = 50, actual_spent = 10")
    outcome = load_lines(database, customer.id, validated(line("Sales", "79.99")))
    assert outcome.over_committed == ("Sales / FY2025",)
    balances = _rows(
        database, customer, "SELECT reserved_amount::int, committed_amount::int, actual_spent::int FROM budget"
    )
    assert balances == [(30, 50, 10)]


def test_a_deleted_line_is_made_anew(database: Database, customer: Customer) -> None:
    load_lines(database, customer.id, validated(line("Sales", "1")))
    with database.tenant(customer.id) as connection:
        connection.execute("UPDATE budget SET deleted_at = now()")
    assert load_lines(database, customer.id, validated(line("Sales", "1"))).created == 1


def test_an_amount_that_does_not_fit_takes_the_whole_load_back(database: Database, customer: Customer) -> None:
    with pytest.raises(psycopg.errors.NumericValueOutOfRange):
        load_lines(database, customer.id, validated(line("Sales", "1"), line("Legal", "1" + "0" * 15)))
    assert amounts_of(database, customer.id) == {}


def test_two_loads_of_one_customer_at_once_wait_for_each_other(database: Database, customer: Customer) -> None:
    lines = validated(*(line(f"Department {number}", str(number + 1)) for number in range(200)))
    outcomes: list[LoadOutcome] = []
    threads = [Thread(target=lambda: outcomes.append(load_lines(database, customer.id, lines))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcome.created for outcome in outcomes) == [0, 0, 0, 200]
    assert sorted(outcome.unchanged for outcome in outcomes) == [0, 200, 200, 200]


def test_lines_get_ids_of_version_7_that_rise_in_the_order_of_their_names(
    database: Database, customer: Customer
) -> None:
    names = [f"Department {number}" for number in range(40, 0, -1)]
    load_lines(database, customer.id, validated(*(line(name, "1") for name in names)))
    load_lines(database, customer.id, validated(line("Sales", "1"), line("Sales", "2")))
    rows = _rows(database, customer, "SELECT id, department FROM budget ORDER BY id")
    assert [row[1] for row in rows] == [*sorted(names), "Sales"]
    assert {row[0].version for row in rows} == {7}
