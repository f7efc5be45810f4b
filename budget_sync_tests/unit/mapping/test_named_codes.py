"""A header that begins another one, whose rest is a word for names, stands over the codes of those."""

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns


def test_numbers_of_accounts_are_no_amounts_beside_their_names() -> None:
    analysis = analysed(
        """
        hhjahr | zl | zlbez                | ausgabe
        2008   | 13 | Goods and services   | 45400
        2008   | 3  | Refunds              | 600
        2008   | 11 | Personnel            | 88000
        2008   | 13 | Goods and services   | 60500
        2008   | 1  | Fees                 | 700
        2008   | 14 | Depreciation         | 19900
        2008   | 11 | Personnel            | 463000
        """,
        "haushalt.csv",
    )
    assert columns(analysis, TargetField.BUDGETED_AMOUNT) == ["ausgabe"]
    assert columns(analysis, TargetField.SUB_CATEGORY) == ["zlbez"]


@pytest.mark.parametrize("ending", ["sname", "sbezeichnung"])
def test_areas_and_the_groups_within_them_are_taken_by_their_names(ending: str) -> None:
    groups = [("01", "Administration", "01", "Councils"), ("01", "Administration", "02", "Head office")]
    groups += [("02", "Safety and order", "01", "Citizens' office"), ("02", "Safety and order", "02", "Fire brigade")]
    rows = [
        f"Area {area} | {name} | Group {area}.{number} | {group} | {side} | 2026 | {place * 1917 + 40}"
        for side in ("Ord. Erträge", "Ord. Aufwendungen")
        for place, (area, name, number, group) in enumerate(groups, start=len(side))
    ]
    header = f"Produktbereich | Produktbereich{ending} | Produktgruppe | Produktgruppenbezeichnung | Richtung | Jahr"
    analysis = analysed("\n".join([f"{header} | Betrag", *rows]))
    assert columns(analysis, TargetField.DEPARTMENT) == [f"Produktbereich{ending}"]
    assert columns(analysis, TargetField.SUB_CATEGORY) == ["Produktgruppenbezeichnung"]
