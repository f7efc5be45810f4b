"""Which listed files are wanted, and how their names are shown."""

import pytest

from budget_sync.sources.selection import is_wanted, shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("budget.csv", "budget.csv"),
        ("Bu\u0308dget.csv", "B\u00fcdget.csv"),
        ("a\nb.csv", "a_b.csv"),
        ("a\u202eb.csv", "a_b.csv"),
        ("a\ufeffb.csv", "a_b.csv"),
        ("\u9884\u7b97.xlsx", "\u9884\u7b97.xlsx"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv"),
    ],
)
def test_names_are_shown_as_one_printable_line(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.mark.parametrize("name", ["", ".x.csv", "x.csv.part", "x.TMP", "x.FilePart", "a/b.csv", "a\x00.csv"])
def test_unfinished_hidden_and_impossible_names_are_not_wanted(name: str) -> None:
    assert not is_wanted(name, ("*",))
