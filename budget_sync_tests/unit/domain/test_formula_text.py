"""Text that looks like a formula is harmless in the CSV files that we write, and comes back as it was."""

import pytest

from budget_sync.domain.formula_text import guard_formula, unguard_formula
from budget_sync.reading import read_document


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\tx", "\rx", "=", "-", "+1-1", "-1e5"])
def test_what_starts_like_a_formula_is_guarded_and_comes_back(text: str) -> None:
    assert guard_formula(text) == f"'{text}"
    assert unguard_formula(guard_formula(text)) == text


@pytest.mark.parametrize("text", ["", "Travel", "-500", "+1.200,50", "-1'000", "12-3", "'quoted'", "O'Neil", "'"])
def test_any_other_text_stays_as_it_is(text: str) -> None:
    assert guard_formula(text) == text
    assert unguard_formula(text) == text


def test_reading_takes_the_guard_away() -> None:
    content = b"Department,Budget\n'=1+1,5\nO'Neil,'-x\n"
    assert read_document(content, "a.csv").grids[0].rows[1:] == [["=1+1", "5"], ["O'Neil", "-x"]]
