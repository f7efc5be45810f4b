"""What a source taught: approved mappings come again, drifted values wait, and no customer sees another's."""

from uuid import uuid4

import msgspec
import pytest

from budget_sync.database import Database
from budget_sync.domain.fields import ImportState, TargetField
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.options import ImportOptions
from budget_sync.importing.result import ImportResult
from budget_sync.mapping.analysis import ColumnMapping
from budget_sync_tests.database.importing.files import budget_csv, budget_rows, incoming, payroll_csv, rows_of, total_of

_LAYOUTS = "SELECT source_key, standing, lesson->>'fingerprint' FROM column_mapping_memory"
_HEADERS = ["Department", "Category", "Fiscal Year", "Budgeted Amount", "Proposed Amount"]
_OTHER_AMOUNT = (
    TargetField.DEPARTMENT,
    TargetField.SUB_CATEGORY,
    TargetField.FISCAL_PERIOD,
    None,
    TargetField.BUDGETED_AMOUNT,
)


@pytest.fixture
def engine(database: Database) -> Engine:
    """The engine under test."""
    return Engine(database)


def _two_amounts(factor: int = 1) -> bytes:
    """A file whose second amount column is twice the first."""
    rows = [(*row, str(2 * int(row[3]))) for row in budget_rows(factor)]
    return "".join(",".join(row) + "\n" for row in [_HEADERS, *rows]).encode()


def _the_other_amount() -> ImportOptions:
    """A person's mapping: the amount is the column that the program would leave out."""
    return ImportOptions(
        mappings=[
            ColumnMapping(name, index, field, 1.0, "")
            for index, (name, field) in enumerate(zip(_HEADERS, _OTHER_AMOUNT, strict=True))
        ]
    )


def _asked(result: ImportResult) -> list[str]:
    return [question.code for question in result.questions if question.blocking]


def _total(factor: int) -> int:
    return sum(int(row[3]) for row in budget_rows(factor))


def test_an_unchanged_layout_replays_what_a_person_mapped(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming(_two_amounts()), _the_other_amount())
    again = engine.run(customer.id, incoming(_two_amounts(3), "next.csv"))
    assert again.status is ImportState.COMPLETED
    assert total_of(database, customer) == 2 * _total(3)
    analysis = engine.get(customer.id, again.import_id).analysis
    assert analysis is not None
    assert analysis.can_proceed
    assert [mapping.confidence for mapping in analysis.mappings if mapping.target_field] == [1.0] * 4
    assert "as they were approved for this layout" in analysis.notes[-1]


def test_an_analysis_shows_the_mapping_that_was_approved(engine: Engine, customer: Customer) -> None:
    engine.run(customer.id, incoming(_two_amounts()), _the_other_amount())
    analysis = engine.analyze(customer.id, "next.csv", _two_amounts(2))
    assert [mapping.source_column for mapping in analysis.columns_of(TargetField.BUDGETED_AMOUNT)] == [_HEADERS[4]]


def test_another_source_is_not_taught_by_it(engine: Engine, database: Database, customer: Customer) -> None:
    engine.run(customer.id, incoming(_two_amounts()), _the_other_amount())
    engine.run(customer.id, incoming(_two_amounts(3), source_type="sftp", source_id=uuid4(), remote_version="1"))
    assert total_of(database, customer) == _total(3)


def test_the_memories_of_two_customers_are_apart(
    engine: Engine, database: Database, customer: Customer, other_customer: Customer
) -> None:
    engine.run(customer.id, incoming(_two_amounts()), _the_other_amount())
    engine.run(other_customer.id, incoming(_two_amounts()))
    assert total_of(database, other_customer) == _total(1)
    assert [row[1] for row in rows_of(database, customer, _LAYOUTS)] == ["approved"]
    assert [row[1] for row in rows_of(database, other_customer, _LAYOUTS)] == ["loaded"]


def test_amounts_a_thousandfold_wait_for_review_and_load_when_confirmed(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming())
    waiting = engine.run(customer.id, incoming(budget_csv(budget_rows(1000)), "next.csv"))
    assert (waiting.status, _asked(waiting)) == (ImportState.NEEDS_REVIEW, ["drift"])
    assert waiting.error is not None
    assert "about 1,000 times larger" in waiting.error.message
    assert total_of(database, customer) == _total(1)
    assert engine.confirm(customer.id, waiting.import_id).status is ImportState.COMPLETED
    assert total_of(database, customer) == _total(1000)
    following = engine.run(customer.id, incoming(budget_csv(budget_rows(1100)), "third.csv"))
    assert following.status is ImportState.COMPLETED


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        (budget_csv().replace(b"Fiscal Year", b"Fiscal Year").replace(b",1", b",-1"), "negative"),
        (budget_csv([(f"4{number}00", *row[1:]) for number, row in enumerate(budget_rows())]), "holds codes"),
        (budget_csv([(row[0], "", *row[2:]) for row in budget_rows()[::4]]), "is empty"),
    ],
)
def test_other_signs_and_other_kinds_of_values_wait_for_review(
    engine: Engine, customer: Customer, changed: bytes, said: str
) -> None:
    engine.run(customer.id, incoming(), ImportOptions(confirmed=True))
    waiting = engine.run(customer.id, incoming(changed, "next.csv"))
    assert waiting.status is ImportState.NEEDS_REVIEW
    assert waiting.error is not None
    assert said in waiting.error.message


def test_another_currency_waits_for_review(engine: Engine, customer: Customer) -> None:
    engine.run(customer.id, incoming())
    waiting = engine.run(customer.id, incoming(budget_csv(budget_rows(2))), ImportOptions(currency="USD"))
    assert waiting.error is not None
    assert "in USD, before in EUR" in waiting.error.message


def test_a_file_that_was_approved_as_a_budget_comes_through_again(engine: Engine, customer: Customer) -> None:
    columns = engine.analyze(customer.id, "pay.csv", payroll_csv()).headers
    fields = [None, TargetField.DEPARTMENT, TargetField.BUDGETED_AMOUNT, None, None]
    mappings = [
        ColumnMapping(name, index, field, 1.0, "")
        for index, (name, field) in enumerate(zip(columns, fields, strict=True))
    ]
    options = ImportOptions(mappings=mappings, fiscal_period="FY2025", accept_file_type=True)
    assert engine.run(customer.id, incoming(payroll_csv()), options).status is ImportState.COMPLETED
    later = payroll_csv().replace(b"3000.00", b"3500.00")
    assert engine.run(customer.id, incoming(later), ImportOptions(fiscal_period="FY2025")).status == "completed"


def test_the_year_of_a_title_is_not_remembered(engine: Engine, database: Database, customer: Customer) -> None:
    table = "Department,Category,Jan,Feb,Mar\n" + "".join(f"{row[0]},{row[1]},10,20,30\n" for row in budget_rows())
    first = engine.analyze(customer.id, "budget_2025.csv", table.encode())
    approved = ImportOptions(mappings=first.mappings)
    engine.run(customer.id, incoming(table.encode(), "budget_2025.csv"), approved)
    second = engine.run(customer.id, incoming(table.encode() + b"Legal,Advice,1,2,3\n", "budget_2026.csv"))
    assert second.status is ImportState.COMPLETED
    years = rows_of(database, customer, "SELECT DISTINCT left(fiscal_period, 4) FROM budget ORDER BY 1")
    assert years == [("2025",), ("2026",)]


def test_a_dry_run_teaches_nothing(engine: Engine, database: Database, customer: Customer) -> None:
    options = msgspec.structs.replace(_the_other_amount(), dry_run=True)
    engine.run(customer.id, incoming(_two_amounts()), options)
    assert rows_of(database, customer, _LAYOUTS) == []


def test_what_an_import_taught_is_forgotten_when_it_is_taken_back(
    engine: Engine, database: Database, customer: Customer
) -> None:
    taught = engine.run(customer.id, incoming(_two_amounts()), _the_other_amount())
    engine.undo(customer.id, taught.import_id)
    assert rows_of(database, customer, _LAYOUTS) == []


def test_a_load_in_another_process_teaches_too(engine: Engine, database: Database, customer: Customer) -> None:
    received = engine.receive(customer.id, incoming(_two_amounts()), _the_other_amount())
    engine.understand(received.import_id)
    engine.validate(received.import_id)
    Engine(database).load(received.import_id)
    assert [row[:2] for row in rows_of(database, customer, _LAYOUTS)] == [("upload", "approved")]


def test_an_encoding_that_a_person_chose_is_used_for_the_next_files_of_the_source(
    engine: Engine, database: Database, customer: Customer
) -> None:
    content = "Department,Year,Budget\nZłoty,2025,10\nIT,2025,20\nHR,2025,30\n".encode("cp1250")
    engine.run(customer.id, incoming(content), ImportOptions(encoding="cp1250", confirmed=True))
    later = content.replace(b"HR", "Ład".encode("cp1250"))
    engine.run(customer.id, incoming(later, "next.csv"))
    names = rows_of(database, customer, 'SELECT department FROM budget ORDER BY department COLLATE "C"')
    assert names == [("HR",), ("IT",), ("Złoty",), ("Ład",)]


def test_a_remembered_encoding_never_outweighs_bytes_that_are_unicode(
    engine: Engine, database: Database, customer: Customer
) -> None:
    engine.run(customer.id, incoming(), ImportOptions(encoding="cp1250", confirmed=True))
    engine.run(customer.id, incoming(budget_csv([("Büro", *row[1:]) for row in budget_rows()[:4]]), "next.csv"))
    assert ("Büro",) in rows_of(database, customer, "SELECT department FROM budget")


def test_a_header_row_that_a_person_chose_is_found_again(
    engine: Engine, database: Database, customer: Customer
) -> None:
    table = "Department,Category,Year,Budget\nDept,Cat,Yr,Plan total\n"
    content = table + "".join(f"{row[0]},{row[1]},2025,{row[3]}\n" for row in budget_rows())
    found = engine.analyze(customer.id, "plan.csv", content.encode())
    chosen = 1 if found.header_row == 0 else 0
    engine.run(customer.id, incoming(content.encode(), "plan.csv"), ImportOptions(header_row=chosen, confirmed=True))
    later = content.replace(",1000\n", ",1001\n").encode()
    again = engine.run(customer.id, incoming(later, "later.csv"))
    analysis = engine.get(customer.id, again.import_id).analysis
    assert analysis is not None
    assert analysis.header_row == chosen
    assert len(rows_of(database, customer, _LAYOUTS)) == 1


def test_a_column_that_was_confirmed_once_is_not_asked_about_again(engine: Engine, customer: Customer) -> None:
    def plan(factor: int) -> bytes:
        names = ("Engineering", "Finance", "Sales")
        rows = [f"{name},{1200 * factor + place},{1300 * factor}.5" for place, name in enumerate(names)]
        return "\n".join(["Name,Jan 2026,Feb 2026", *rows, ""]).encode()

    first = engine.run(customer.id, incoming(plan(1)))
    assert (first.status, _asked(first)) == (ImportState.NEEDS_REVIEW, ["unsure_column"])
    assert engine.confirm(customer.id, first.import_id).stats.created == 6
    assert engine.run(customer.id, incoming(plan(2))).status is ImportState.COMPLETED
