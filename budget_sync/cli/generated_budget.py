"""Invented budget lines in every layout: in comes a layout and a count, out come a header and rows of text."""

import random
from collections.abc import Iterator

from budget_sync.domain.fields import Layout

LABEL_HEADERS = ("Department", "Sub-Category", "Fiscal Period", "Currency")
_CATEGORIES = (
    "Software licences", "Cloud hosting", "Contractors", "Travel", "Training", "Advertising", "Events", "Rent",
    "Electricity", "Maintenance", "Freight", "Packaging", "Insurance", "Audit fees", "Recruiting", "Telephony",
    "Laptops", "Cleaning", "Security", "Consulting",
)  # fmt: skip
_UNITS = (
    "Engineering", "Marketing", "Sales", "Finance", "Operations", "Logistics", "Research", "Procurement", "Legal",
    "Customer Service", "Quality", "Facilities", "Production", "Treasury", "Service Desk", "Communication",
)  # fmt: skip
_YEAR = 2026
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_AMOUNT_HEADERS = {
    Layout.LONG: ["Budgeted Amount"],
    Layout.WIDE_MONTHS: [f"{month} {_YEAR}" for month in _MONTHS],
    Layout.WIDE_QUARTERS: [f"Q{number} {_YEAR}" for number in range(1, 5)],
    Layout.WIDE_HALVES: [f"H1 {_YEAR}", f"H2 {_YEAR}"],
    Layout.WIDE_YEARS: [f"FY{year}" for year in range(_YEAR, _YEAR + 4)],
    Layout.WIDE_VERSIONS: [f"Draft Budget {_YEAR}", f"Adopted Budget {_YEAR}", f"Revised Budget {_YEAR}"],
    Layout.WIDE_DEPARTMENTS: list(_UNITS),
}


def header_of(layout: Layout) -> list[str]:
    """The header row of a generated file."""
    return [*_label_headers(layout), *_AMOUNT_HEADERS[layout], "Currency"]


def rows_of(layout: Layout, count: int) -> Iterator[list[str]]:
    """``count`` rows under ``header_of``; amounts in plain decimals from 100.00 to 99999.99."""
    dice = random.Random(f"{layout}-{count}")  # noqa: S311 - invented figures  # nosec B311
    amounts = len(_AMOUNT_HEADERS[layout])
    for number in range(count):
        figures = [f"{dice.randint(10_000, 9_999_999) / 100:.2f}" for _ in range(amounts)]
        yield [*_labels(layout, number), *figures, "USD"]


def _label_headers(layout: Layout) -> list[str]:
    match layout:
        case Layout.LONG:
            return ["Department", "Sub-Category", "Fiscal Period"]
        case Layout.WIDE_DEPARTMENTS:
            return ["Sub-Category", "Fiscal Period"]
    return ["Department", "Sub-Category"]


def _labels(layout: Layout, number: int) -> list[str]:
    """The labels of a row; they differ from those of every other row of the file."""
    rest, category = divmod(number, len(_CATEGORIES))
    if layout is Layout.LONG:
        department, month = divmod(rest, len(_MONTHS))
        return [_department(department), _CATEGORIES[category], f"{_YEAR}-{month + 1:02d}"]
    if layout is Layout.WIDE_DEPARTMENTS:
        years, month = divmod(rest, len(_MONTHS))
        series = f" {years + 1}" if years else ""
        return [f"{_CATEGORIES[category]}{series}", f"{_YEAR}-{month + 1:02d}"]
    return [_department(rest), _CATEGORIES[category]]


def _department(number: int) -> str:
    series, unit = divmod(number, len(_UNITS))
    return f"{_UNITS[unit]} {series + 1}" if series else _UNITS[unit]
