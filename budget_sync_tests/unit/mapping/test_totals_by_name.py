"""A tree written as a list: each row names the row above it, and who is named bears the sum of those that name him."""

from budget_sync_tests.unit.mapping.tables import analysed


def test_a_row_that_others_name_as_theirs_and_that_bears_their_sum_is_a_total_wherever_they_stand() -> None:
    analysis = analysed("""
        Item     | Main     | Budget 2026
        Town     |          | 8000
        Schools  | Town     | 5000
        Roads    | Town     | 1500
        Parks    | Town     | 1500
        Teachers | Schools  | 4500
        Snow     | Roads    | 1000
        Buses    | Schools  | 500
        Bridges  | Roads    | 500
    """)
    assert analysis.sum_budgeted == 8000
    assert analysis.budget_rows == 5
    assert [(total.label, total.stated, total.agrees) for total in analysis.control_totals] == [
        ("Town", 8000, True),
        ("Schools Town", 5000, True),
        ("Roads Town", 1500, True),
    ]


def test_a_row_that_others_name_stays_a_line_where_it_is_not_their_sum() -> None:
    analysis = analysed("""
        Item     | Department | Budget 2026
        Schools  | Town       | 5100
        Roads    | Town       | 1500
        Teachers | Schools    | 4520
        Buses    | Schools    | 710
        Snow     | Roads      | 1030
        Bridges  | Roads      | 590
    """)
    assert analysis.sum_budgeted == 13450
    assert analysis.control_totals == []
