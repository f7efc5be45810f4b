"""Refused rows in words: the first bad cells, and how many rows beyond them."""

import pytest

from budget_sync.cli.import_view import print_row_errors
from budget_sync.validation.lines import RowError


def told(*rows: int) -> list[RowError]:
    """A bad cell in each of these rows."""
    return [RowError(row, "Budget", "x", "bad_amount", "'x' is no amount") for row in rows]


@pytest.mark.parametrize(
    ("rows", "closing"),
    [
        ([row // 4 for row in range(12)], "  and more cells of these rows"),
        ([row // 2 for row in range(40)], "  and 15 more rows"),
        (list(range(11)), "  and 1 more row"),
    ],
)
def test_what_is_not_shown_is_said_in_rows(rows: list[int], closing: str, capsys: pytest.CaptureFixture[str]) -> None:
    print_row_errors(told(*rows), len(set(rows)))
    assert capsys.readouterr().out.splitlines()[10:] == [closing]


def test_nothing_is_said_of_more_where_all_are_shown(capsys: pytest.CaptureFixture[str]) -> None:
    print_row_errors(told(*range(10)), 10)
    assert len(capsys.readouterr().out.splitlines()) == 10
