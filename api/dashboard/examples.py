"""A dashboard's figures as they look, for the OpenAPI document."""

from litestar.openapi import ResponseSpec
from litestar.openapi.spec import Example

from api.dashboard.schemas import DashboardStats

_FIGURES = {
    "budgeted": 50000,
    "committed": 12000,
    "reserved": 3000,
    "actualSpent": 8000,
    "available": 35000,
    "utilizationPercent": 30.00,
    "lines": 3,
    "overCommittedLines": 0,
}
_NOTHING = dict.fromkeys(_FIGURES, 0) | {"utilizationPercent": None}
_STATS = {
    "customerId": "0198a9c4-0000-7000-8000-000000000001",
    "fiscalYear": "FY2025",
    "fiscalYears": ["FY2026", "FY2025"],
    "currency": "EUR",
    "currencies": ["EUR"],
    "totals": {"expense": _FIGURES, "revenue": _NOTHING},
    "departments": [{"name": "Engineering", "figures": _FIGURES, "utilizationLimitPercent": 90}],
    "periods": [{"fiscalPeriod": "FY2025", "figures": _FIGURES}],
    "setAsideLines": 0,
    "imports": [{"day": "2025-01-15", "state": "completed", "count": 4}],
    "asOf": "2025-01-15T09:30:00Z",
    "success": True,
}
STATS = {
    200: ResponseSpec(
        DashboardStats,
        description="The figures of the year",
        examples=[Example(summary="A year of one department", value=_STATS)],
    )
}
