"""Columns for the years beside the budget's own, counted from it."""

import pytest

from budget_sync.mapping.relative_years import relative_years
from budget_sync_tests.unit.mapping.tables import analysed


@pytest.mark.parametrize("headers", ["N-2 | N-1 | N", "Montant n - 2 | Montant n - 1 | Montant n", "t+1 | t-1 | t"])
def test_of_years_counted_from_its_own_the_own_is_the_budget(headers: str) -> None:
    analysis = analysed(f"""
        Service | Libellé    | {headers}
        Mairie  | Fournitures | 1200  | 1300  | 1400
        Mairie  | Eau         | 800   | 900   | 950
        École   | Chauffage   | 5200  | 5000  | 5400
        École   | Cantine     | 15200 | 15000 | 15800
    """)
    assert analysis.sum_budgeted == 23550


def test_why_the_others_are_left_out_is_said() -> None:
    analysis = analysed("""
        Dienst | Omschrijving | Bedrag t-1 | Bedrag t | Bedrag t+1
        Zorg   | Huur         | 1200       | 1300     | 1400
        Zorg   | Water        | 800        | 900      | 950
        Sport  | Banen        | 5200       | 5000     | 5400
    """)
    assert [one.reason for one in analysis.mappings[2:]][::2] == ["of an earlier year", "of a later year"]


@pytest.mark.parametrize("labels", [["N", "Amount"], ["N-1", "N-2"], ["T", "Budget t-1"], ["Plan B", "Plan B-1"]])
def test_a_letter_alone_counts_nothing(labels: list[str]) -> None:
    assert relative_years(labels) == {}
