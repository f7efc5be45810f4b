"""Tables whose columns have no names at all: what the cells alone tell."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.domain.vocabulary import find_scale
from budget_sync_tests.unit.mapping.tables import lines, understood


def test_of_two_columns_of_names_the_one_with_fewer_is_the_department() -> None:
    understanding = understood("""
        Travel   | Sales   | 2025 | 1200
        Fairs    | Sales   | 2025 | 100
        Software | Systems | 2025 | 3400
        Licences | Systems | 2025 | 3401
        Training | People  | 2025 | 560
    """)
    assert understanding.analysis.header_row is None
    assert lines(understanding)[0] == ("Sales", "Travel", "FY2025", "1200")


def test_where_neither_has_fewer_the_left_one_is_the_department_and_nothing_is_lost() -> None:
    understanding = understood("""
        Sales   | Travel   | 2025 | 1200
        Systems | Software | 2025 | 3400
        People  | Training | 2025 | 560
    """)
    assert lines(understanding) == [
        ("Sales", "Travel", "FY2025", "1200"),
        ("Systems", "Software", "FY2025", "3400"),
        ("People", "Training", "FY2025", "560"),
    ]


def test_a_single_column_of_names_stays_the_sub_category() -> None:
    analysis = understood("Travel | 1200\nFairs | 310\nRent | 9500\nPaper | 77").analysis
    assert [mapping.column_index for mapping in analysis.columns_of(TargetField.SUB_CATEGORY)] == [0]
    assert TargetField.DEPARTMENT in analysis.required_fields_missing


def test_a_figure_that_every_row_bears_is_not_the_amount() -> None:
    analysis = understood(
        "190001 | Travel | 4000\n190001 | Rent | 9500\n190001 | Paper | 700\n190001 | Food | 150"
    ).analysis
    assert [mapping.column_index for mapping in analysis.columns_of(TargetField.BUDGETED_AMOUNT)] == [2]


@pytest.mark.parametrize(
    ("text", "scale"),
    [
        ("Budget 2025 w mln zł", 1_000_000),
        ("Budget 2025 in thousands", 1000),
        ("the 3 million grant", None),
        ("up to 1.000 €", None),
    ],
)
def test_a_scale_behind_a_year_is_a_scale_and_behind_a_figure_a_quantity(text: str, scale: int | None) -> None:
    assert find_scale(text) == scale
