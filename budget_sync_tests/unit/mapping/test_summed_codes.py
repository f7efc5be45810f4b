"""What a total adds up is no code, whatever it is called."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns


@pytest.mark.parametrize(
    "headers",
    ["Parent Co | North | South", "Operating Fund | Capital Fund | Reserve Fund", "Main Campus | Branch | Online"],
)
def test_all_that_a_total_adds_up_is_loaded(headers: str) -> None:
    analysis = analysed(
        f"""
        Line item | {headers} | Consolidated
        Salaries  | 71304 | 48215 | 905  | 120424
        Supplies  | 20518 | 6301  | 3120 | 29939
        Travel    | 38127 | 12984 | 4475 | 55586
        Rent      | 15990 | 73310 | 6124 | 95424
        Power     | 44021 | 31456 | 2218 | 77695
        Postage   | 90112 | 18027 | 1905 | 110044
        """,
        "budget 2025.csv",
    )
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == headers.split(" | ")


def test_totals_of_groups_that_come_again_on_every_line_are_not_loaded_for_their_parts() -> None:
    analysis = analysed(
        """
        box6  | box7 | box8 | box9 | box10 | box11    | box12 | box13 | box14 | box15
        North | 700  | 500  | 30   | 1230  | Salaries | 410   | 205   | 12    | 627
        North | 700  | 500  | 30   | 1230  | Travel   | 190   | 115   | 11    | 316
        North | 700  | 500  | 30   | 1230  | Rent     | 100   | 180   | 7     | 287
        South | 961  | 342  | 66   | 1369  | Salaries | 501   | 140   | 31    | 672
        South | 961  | 342  | 66   | 1369  | Travel   | 260   | 92    | 22    | 374
        South | 961  | 342  | 66   | 1369  | Rent     | 200   | 110   | 13    | 323
        """,
        "budget 2025.csv",
    )
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["box12", "box13", "box14"]
