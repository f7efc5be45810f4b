"""The demo's checks: what is asked of a line, and which answer is the right one."""

from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from uuid import UUID

import msgspec
import pytest

from budget_sync.approval.answer import CheckAnswer
from budget_sync.approval.check import check_budget
from budget_sync.approval.listing import ListedLine, Utilization
from budget_sync.approval.request import CheckRequest
from budget_sync.cli.demo.questions import answers_from, three_questions, whole_amount
from budget_sync.database import Database
from budget_sync.importing import Engine
from budget_sync.importing.customers import Customer
from budget_sync.importing.options import ImportOptions, IncomingFile

STANDARD = Path(__file__).parents[3] / "test_data" / "1_standard_format.csv"
MOMENT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def line(database: Database, customer: Customer) -> ListedLine:
    """A line of the standard sample, as the list of the service shows it."""
    Engine(database).run(customer.id, IncomingFile(STANDARD.name, STANDARD.read_bytes()), ImportOptions())
    with database.tenant(customer.id) as connection:
        found = connection.execute(
            "SELECT id FROM budget WHERE sub_category = 'Software licences' AND department = 'Engineering'"
        )
        (line_id,) = found.fetchall()[0]
    amount = Decimal(120000)
    unused = Utilization(Decimal(0), Decimal(0), Decimal(0), amount, Decimal(0))
    return ListedLine(
        line_id, "Engineering", "Software licences", "FY2026", "expense", "USD", amount, unused, "open", "upload", None,
        MOMENT, MOMENT,
    )  # fmt: skip


def asked(database: Database, customer: Customer, request: CheckRequest) -> CheckAnswer:
    return check_budget(database, customer.id, request)


def test_the_three_questions_are_answered_as_they_should(
    database: Database, customer: Customer, line: ListedLine
) -> None:
    questions = three_questions(line)
    assert [each.is_answered_by(asked(database, customer, each.request)) for each in questions] == [True] * 3


def test_the_answer_to_another_question_is_not_taken(database: Database, customer: Customer, line: ListedLine) -> None:
    fits, too_much, misspelt = three_questions(line)
    assert not fits.is_answered_by(asked(database, customer, too_much.request))
    assert not misspelt.is_answered_by(asked(database, customer, fits.request))


def test_a_refusal_without_the_near_name_is_not_enough(
    database: Database, customer: Customer, line: ListedLine
) -> None:
    misspelt = three_questions(line)[2]
    answer = asked(database, customer, misspelt.request)
    details = msgspec.structs.replace(answer.details, near_departments=[])
    assert not misspelt.is_answered_by(msgspec.structs.replace(answer, details=details))


def test_all_that_a_line_has_fits_and_is_answered_from_that_line(
    database: Database, customer: Customer, line: ListedLine
) -> None:
    answer = asked(database, customer, whole_amount(line))
    assert answers_from(line, answer)
    assert not answers_from(msgspec.structs.replace(line, id=UUID(int=8)), answer)
