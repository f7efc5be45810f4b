"""Row totals are found beside what they sum, at a cost that the width of the table cannot blow up."""

import time

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns

AMOUNT = TargetField.BUDGETED_AMOUNT
_DEPARTMENTS = range(60)


def _wide(periods: int) -> str:
    """A drawn table of this many columns of amounts, in which no column is the sum of others."""
    head = " | ".join(["Department", *(f"FY{1900 + number}" for number in range(periods))])
    rows = (" | ".join([f"D{row}", *(str(7 + row) for _ in range(periods))]) for row in _DEPARTMENTS)
    return "\n".join([head, *rows])


def test_a_total_of_a_year_of_months_is_left_out() -> None:
    months = [f"2025-{month:02d}" for month in range(1, 13)]
    rows = [f"D{row} | " + " | ".join(str(row + month) for month in range(12)) for row in range(3, 8)]
    rows = [f"{row} | {sum(int(cell) for cell in row.split(' | ')[1:])}" for row in rows]
    table = "\n".join([" | ".join(["Department", *months, "Sum"]), *rows])
    assert columns(analysed(table), AMOUNT) == months


def test_a_month_that_happens_to_be_the_sum_of_those_before_it_is_no_total() -> None:
    months = ["Jan 2025", "Feb 2025", "Mar 2025", "Apr 2025"]
    rows = [f"D{row} | " + " | ".join(str(row * month) for month in range(1, 5)) for row in (10, 25, 40, 70)]
    assert columns(analysed("\n".join([" | ".join(["Department", *months]), *rows])), AMOUNT) == months


def test_the_total_of_a_year_s_parts_is_a_total_though_every_header_names_the_year() -> None:
    table = """
        Department | Staff 2025 | Goods 2025 | Rent 2025 | All 2025
        Sales      | 100        | 20         | 3         | 123
        Finance    | 200        | 40         | 5         | 245
        Personnel  | 50         | 7          | 1         | 58
        Works      | 80         | 9          | 2         | 91
    """
    assert columns(analysed(table), AMOUNT) == ["Staff 2025", "Goods 2025", "Rent 2025"]


def test_many_columns_of_amounts_cost_seconds_not_minutes() -> None:
    table = _wide(255)
    started = time.process_time()
    analysed(table)
    assert time.process_time() - started < 20


def test_what_two_columns_multiply_to_is_the_amount_whatever_they_are_called() -> None:
    analysis = analysed("""
        Obra         | Rend | Básico | Final
        Paint        | 12   | 20.50  | 246
        Nails        | 300  | 0.20   | 60
        Labour       | 40   | 18     | 720
        Scaffold     | 3    | 110    | 330
        Waste skip   | 2    | 95.25  | 190.50
    """)
    assert columns(analysis, AMOUNT) == ["Final"]
    assert analysis.mappings[1].reason == "a number or a price, which another multiplies"


@pytest.mark.parametrize(
    ("number", "price", "made"),
    [
        ("Amount", "Price", "Total"),
        ("Amt", "Rate", "Subtotal"),
        ("Cost", "Qty", "Total"),
        ("Unidades", "Importe", "Total"),
    ],
)
def test_what_an_amount_of_things_costs_together_is_the_budget(number: str, price: str, made: str) -> None:
    analysis = analysed(f"""
        Item   | {number} | {price} | {made}
        Chairs | 12       | 45      | 540
        Meals  | 90       | 18      | 1620
        Badges | 140      | 3       | 420
        Mugs   | 25       | 7       | 175
    """)
    assert columns(analysis, AMOUNT) == [made]
    assert columns(analysis, TargetField.DEPARTMENT) == []


def test_an_amount_that_a_rate_multiplies_stays_the_amount() -> None:
    analysis = analysed("""
        Department | Budget amount | Weight | Weighed
        Sales      | 1200          | 3      | 3600
        Finance    | 800           | 2      | 1600
        Research   | 450           | 4      | 1800
        Works      | 975           | 2      | 1950
    """)
    assert columns(analysis, AMOUNT) == ["Budget amount"]


def test_a_month_is_no_price_of_two_others() -> None:
    analysis = analysed("""
        Budget 2025 |
        Category | Jan | Feb | Mar | Apr | May | Jun
        Travel   | 2   | 3   | 4   | 5   | 6   | 7
        Paper    | 2   | 3   | 4   | 5   | 6   | 7
        Rent     | 2   | 3   | 4   | 5   | 6   | 7
        Software | 2   | 3   | 4   | 5   | 6   | 7
    """)
    assert columns(analysis, AMOUNT) == ["Jan", "Feb", "Mar", "Apr", "May", "Jun"]


@pytest.mark.parametrize(
    ("signed", "sizes", "chosen"),
    [("Orçado", "Valor Final", "Orçado"), ("Posted value", "Budget", "Budget")],
)
def test_amounts_without_the_signs_of_the_budget_beside_them_are_computed(signed: str, sizes: str, chosen: str) -> None:
    analysis = analysed(f"""
        Department | Item     | {signed} | {sizes}
        Sales      | Travel   | 1250     | 1250
        Sales      | Refund   | -480     | 480
        Works      | Fuel     | 625      | 625
        Works      | Resale   | -75      | 75
        Works      | Repairs  | 10000    | 10000
    """)
    assert columns(analysis, AMOUNT) == [chosen]
