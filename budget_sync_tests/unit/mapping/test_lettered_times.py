"""T1 is a quarter and S1 a half where they count on beside words for budget and actual."""

import pytest

from budget_sync.domain.fields import Layout
from budget_sync.mapping.lettered_times import lettered_times
from budget_sync_tests.unit.mapping.tables import lines, understood


def test_quarters_with_their_budgets_and_actuals_are_read_as_quarters() -> None:
    understanding = understood(
        """
        Service | T1 Budget | T1 Réalisé | T2 Budget | T2 Réalisé
        Ventes  | 100       | 90         | 200       | 0
        Achats  | 250       | 240        | 250       | 0
        """,
        "2026.csv",
    )
    assert understanding.analysis.layout is Layout.WIDE_QUARTERS
    assert understanding.analysis.sum_budgeted == 800
    assert lines(understanding)[2] == ("Ventes", "", "FY2026-Q2", "200")


@pytest.mark.parametrize(
    ("labels", "numbers"),
    [
        (["S1 budget", "S2 budget"], [1, 2]),
        (["Presupuesto 1T", "Presupuesto 2T", "Presupuesto 3T"], [1, 2, 3]),
        (["S1 budget", "S2 budget", "S3 budget"], []),
        (["T1 budget"], []),
        (["T1 North", "T2 North"], []),
        (["T2 budget", "T3 budget"], []),
    ],
)
def test_they_count_from_one_and_no_further_than_a_year(labels: list[str], numbers: list[int]) -> None:
    assert [period.number for period in lettered_times(labels).values()] == numbers
