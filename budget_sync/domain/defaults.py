"""What the import, its source or the customer says where a file is silent."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Defaults:
    """Each None: not said. ``fiscal_period`` is a stored code (``FY2025``), ``currency`` ISO 4217.

    ``fiscal_year_start`` is the month, 1 to 12, in which the customer's fiscal year begins.
    """

    department: str | None = None
    fiscal_period: str | None = None
    currency: str | None = None
    fiscal_year_start: int = 1
