"""Headers of databases run two words together; a name beside its code is told by either."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.mapping.names import read_name
from budget_sync_tests.unit.mapping.tables import analysed, columns


@pytest.mark.parametrize(
    ("header", "field", "mark"),
    [
        ("deptname", TargetField.DEPARTMENT, "name"),
        ("numeinstitutie", TargetField.DEPARTMENT, "name"),
        ("nombrecuenta", TargetField.SUB_CATEGORY, "name"),
        ("accountcode", TargetField.SUB_CATEGORY, "code"),
        ("idinstitutie", TargetField.DEPARTMENT, "code"),
    ],
)
def test_two_known_words_run_together_are_read_as_two(header: str, field: TargetField, mark: str) -> None:
    name = read_name(header)
    assert name.strength(field) > 0.3
    assert mark in name.tags


@pytest.mark.parametrize("header", ["casino", "username", "filename", "postcode"])
def test_other_words_that_end_like_a_mark_name_no_field(header: str) -> None:
    assert not read_name(header).fields


def test_the_name_of_a_department_goes_before_its_number() -> None:
    analysis = analysed("""
        idinstitutie | numeinstitutie | denumireindicator | suma
        1            | Senate         | Pay               | 10284
        1            | Senate         | Goods             | 13363
        2            | Court          | Pay               | 2199
        2            | Court          | Goods             | 640
    """)
    assert columns(analysis, TargetField.DEPARTMENT) == ["numeinstitutie"]


def test_budgeted_units_are_no_amount_beside_the_budgeted_sales() -> None:
    analysis = analysed(
        """
        fecha      | local | presupuesto_venta | presupuesto_unidades
        2026-01-01 | Norte | 1842350           | 46
        2026-02-01 | Norte | 1739200           | 41
        2026-01-01 | Sur   | 2210875           | 58
        2026-02-01 | Sur   | 1987400           | 49
        """,
        "presupuesto.csv",
    )
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["presupuesto_venta"]
