"""The default period completes months and quarters only with a year of which all of them can be kept."""

import pytest

from budget_sync.domain.defaults import Defaults
from budget_sync.domain.errors import InvalidRequestError


@pytest.mark.parametrize(
    ("period", "year"), [(None, None), ("FY1901", 1901), ("FY2198", 2198), ("FY2025-Q1", None), ("2025-03", None)]
)
def test_a_default_of_a_whole_year_completes_what_has_none(period: str | None, year: int | None) -> None:
    assert Defaults(fiscal_period=period).fiscal_year() == year


@pytest.mark.parametrize("period", ["FY1900", "FY2199"])
def test_a_default_year_at_the_edge_is_refused_by_its_name(period: str) -> None:
    with pytest.raises(InvalidRequestError, match=f"{period} cannot be the default period"):
        Defaults(fiscal_period=period, fiscal_year_start=7).fiscal_year()
