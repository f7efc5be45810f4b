"""A number before a name in a header is a cost centre's, where the others beside it can be no years."""

from budget_sync.domain.fields import Layout
from budget_sync_tests.unit.mapping.tables import lines, understood

COST_CENTRES = """
    Kostenart | 1000 Verwaltung | 2000 Vertrieb | 3000 Fertigung | Summe
    Gehälter  | 100             | 200           | 300            | 600
    Miete     | 10              | 20            | 30             | 60
    Reise     | 5               | 50            | 1              | 56
"""


def test_the_cost_centre_2000_is_no_year() -> None:
    understanding = understood(COST_CENTRES, "Plan 2026.csv")
    assert understanding.analysis.layout is Layout.WIDE_DEPARTMENTS
    assert lines(understanding)[3:5] == [
        ("2000 Vertrieb", "Gehälter", "FY2026", "200"),
        ("2000 Vertrieb", "Miete", "FY2026", "20"),
    ]


def test_years_before_words_stay_years() -> None:
    analysis = understood("Account | 2025 Budget | 2026 Budget\nRent | 10 | 20\nPay | 5 | 6\nFuel | 7 | 8").analysis
    assert analysis.layout is Layout.WIDE_YEARS
