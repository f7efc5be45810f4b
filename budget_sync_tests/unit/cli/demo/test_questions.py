"""The demo's checks: what is asked, and which answer is the right one."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from uuid import UUID

import msgspec

from budget_sync.approval.answer import CheckAnswer
from budget_sync.approval.decision import ApprovalPolicy, decide
from budget_sync.approval.listing import ListedLine, Utilization
from budget_sync.approval.matching import BudgetLine, match_lines
from budget_sync.approval.surroundings import near_departments
from budget_sync.cli.demo.questions import Question, answers_from, three_questions, whole_amount
from budget_sync.domain.names import fold_name
from budget_sync.domain.periods import FiscalPeriod

MOMENT = datetime(2026, 3, 1, tzinfo=UTC)
LINE = ListedLine(
    id=UUID(int=7),
    department="Engineering",
    sub_category="Software licences",
    fiscal_period="FY2026",
    line_type="expense",
    currency="USD",
    budgeted_amount=Decimal(120000),
    utilization=Utilization(Decimal(0), Decimal(0), Decimal(0), Decimal(120000), Decimal(0)),
    state="open",
    source="sftp",
    import_id=None,
    created_at=MOMENT,
    updated_at=MOMENT,
)


def answer_to(question: Question) -> CheckAnswer:
    """What the rules of a check answer where this one line is all that there is."""
    request = question.request
    held = BudgetLine(
        str(LINE.id), LINE.department, "Software licences", FiscalPeriod(2026), "USD", LINE.budgeted_amount,
        Decimal(0), Decimal(0), Decimal(0), is_open=True,
    )  # fmt: skip
    known = fold_name(request.department) == fold_name(LINE.department)
    match = match_lines(
        [held] if known else [],
        sub_category=request.sub_category,
        period=request.fiscal_period,
        currency="USD",
        fiscal_year_start=1,
    )
    near = near_departments(request.department, [LINE.department])
    return decide(request, match, currency="USD", policy=ApprovalPolicy(), as_of=MOMENT, surroundings=near)


def test_the_three_questions_are_answered_as_they_should() -> None:
    assert [question.is_answered_by(answer_to(question)) for question in three_questions(LINE)] == [True] * 3


def test_an_answer_to_another_question_is_not_taken() -> None:
    fits, too_much, misspelt = three_questions(LINE)
    assert not fits.is_answered_by(answer_to(too_much))
    assert not misspelt.is_answered_by(answer_to(fits))


def test_a_refusal_without_the_near_name_is_not_enough() -> None:
    misspelt = three_questions(LINE)[2]
    bare = msgspec.structs.replace(
        answer_to(misspelt), details=msgspec.structs.replace(answer_to(misspelt).details, near_departments=[])
    )
    assert not misspelt.is_answered_by(bare)


def test_all_that_a_line_has_fits_and_is_answered_from_that_line() -> None:
    whole = replace(three_questions(LINE)[0], request=whole_amount(LINE))
    assert answers_from(LINE, answer_to(whole))
    assert not answers_from(msgspec.structs.replace(LINE, id=UUID(int=8)), answer_to(whole))
