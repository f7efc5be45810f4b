"""When a file of a known layout is held: the rules, one situation a row."""

from decimal import Decimal
from typing import Any

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.drift import ColumnLook, Kind, LayoutProfile, drift_question, find_drift

HEADERS = ["Dept", "Year", "Amount"]
BEFORE = LayoutProfile(
    columns=[ColumnLook(0, TargetField.DEPARTMENT, Kind.NAMES), ColumnLook(1, TargetField.FISCAL_PERIOD, Kind.PERIODS)],
    currencies=["EUR"],
    amounts=20,
    quartiles=[Decimal(500), Decimal(1500), Decimal(4000)],
    negatives=0.05,
)


def changed(**changes: Any) -> LayoutProfile:
    """The profile with some of its figures changed."""
    members = {name: getattr(BEFORE, name) for name in LayoutProfile.__struct_fields__}
    return LayoutProfile(**{**members, **changes})


def quartiles(*amounts: float) -> list[Decimal]:
    return [Decimal(str(amount)) for amount in amounts]


@pytest.mark.parametrize(
    "now",
    [
        changed(),
        changed(quartiles=quartiles(1000, 3000, 8000)),
        changed(quartiles=quartiles(500, 1500, 4_000_000)),
        changed(quartiles=quartiles(40_000, 120_000, 320_000)),
        changed(quartiles=[], amounts=0),
        changed(quartiles=quartiles(500_000, 1_500_000, 4_000_000), amounts=2),
        changed(currencies=["EUR", "USD"]),
        changed(currencies=[]),
        changed(negatives=0.5),
        changed(negatives=1.0, amounts=2),
        changed(columns=[]),
        changed(columns=[ColumnLook(0, TargetField.SUB_CATEGORY, Kind.CODES)]),
    ],
    ids=[
        "the same",
        "twice as much",
        "one large amount more",
        "eighty times as much",
        "no amounts",
        "a thousandfold, but two amounts only",
        "a currency more",
        "no currency",
        "half negative",
        "negative, but two amounts only",
        "columns that are not mapped now",
        "a column that means something else now",
    ],
)
def test_what_is_no_drift(now: LayoutProfile) -> None:
    assert find_drift(BEFORE, now, HEADERS) == []


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (
            changed(quartiles=quartiles(500_000, 1_500_000, 4_000_000)),
            "amounts are about 1,000 times larger: half of them are above 1,500,000, before 1,500",
        ),
        (
            changed(quartiles=quartiles("0.5", "1.5", "4")),
            "amounts are about 1,000 times smaller: half of them are above 1.5, before 1,500",
        ),
        (
            changed(quartiles=quartiles(50_000, 150_000, 400_000)),
            "amounts are about 100 times larger: half of them are above 150,000, before 1,500",
        ),
        (changed(currencies=["GBP", "USD"]), "amounts are in GBP, USD, before in EUR"),
        (changed(negatives=0.95), "most amounts are negative, before they were positive"),
        (
            changed(columns=[ColumnLook(0, TargetField.DEPARTMENT, Kind.CODES)]),
            "column 'Dept' holds codes, before it held names",
        ),
        (
            changed(columns=[ColumnLook(0, TargetField.DEPARTMENT, Kind.EMPTY)]),
            "column 'Dept' is empty, before it held names",
        ),
    ],
)
def test_what_is_drift_is_said_in_words(now: LayoutProfile, said: str) -> None:
    assert find_drift(BEFORE, now, HEADERS) == [said]


def test_amounts_that_were_negative_and_are_not() -> None:
    said = ["most amounts are positive, before they were negative"]
    assert find_drift(changed(negatives=1.0), BEFORE, HEADERS) == said


def test_a_column_that_was_empty_may_be_filled() -> None:
    empty = changed(columns=[ColumnLook(0, TargetField.DEPARTMENT, Kind.EMPTY)])
    assert find_drift(empty, BEFORE, HEADERS) == []


def test_a_column_without_a_header_is_named_by_its_number() -> None:
    now = changed(columns=[ColumnLook(0, TargetField.DEPARTMENT, Kind.CODES)])
    assert find_drift(BEFORE, now, [""]) == ["column '1' holds codes, before it held names"]


def test_the_question_blocks_and_names_everything_that_differs() -> None:
    question = drift_question(["amounts are in USD, before in EUR", "most amounts are negative"])
    assert question.blocking
    assert "in USD, before in EUR; most amounts are negative" in question.text
    assert [answer.value for answer in question.answers] == ["confirm", "decline"]
