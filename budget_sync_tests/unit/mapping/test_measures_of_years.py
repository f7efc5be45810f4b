"""Kinds of cost side by side in each year, in stages of one budget and with their totals."""

from budget_sync.domain.fields import FileType, Layout
from budget_sync.mapping.understanding import JOIN
from budget_sync_tests.unit.mapping.tables import analysed, lines, understood


def test_kinds_of_cost_approved_for_each_year_are_all_taken_and_what_was_spent_is_left_out() -> None:
    understanding = understood("""
        County | 2024 Approved Capital | 2024 Approved Operating | 2024 Actual | 2025 Approved Capital | 2025 Actual
        Bomet  | 3430                  | 2414                    | 3415        | 3921                  | 3800
        Busia  | 2912                  | 2325                    | 2769        | 3962                  | 2500
        Embu   | 5726                  | 3397                    | 5251        | 5911                  | 5012
    """)
    assert understanding.analysis.layout is Layout.WIDE_YEARS
    assert understanding.analysis.sum_budgeted == 33998
    assert lines(understanding)[0] == ("", f"Bomet{JOIN}Capital", "FY2024", "3430")


def test_of_several_stages_of_each_kind_of_cost_the_one_in_force_is_taken() -> None:
    analysis = analysed("""
        County | 2024 Adopted Capital | 2024 Revised Capital | 2024 Adopted Operating | 2025 Adopted Capital
        Bomet  | 3430                 | 3500                 | 2414                   | 3921
        Busia  | 2912                 | 3000                 | 2325                   | 3962
        Embu   | 5726                 | 5800                 | 3397                   | 5911
    """)
    assert analysis.sum_budgeted == 34230


def test_a_total_that_is_a_part_of_another_total_is_taken() -> None:
    analysis = analysed("""
        County | 2024 Total Capital | 2024 Operating | 2024 Total | 2025 Total Capital | 2025 Operating | 2025 Total
        Bomet  | 3430               | 2414           | 5844       | 3921               | 2600           | 6521
        Busia  | 2912               | 2325           | 5237       | 3962               | 1682           | 5644
        Embu   | 5726               | 3397           | 9123       | 5911               | 3289           | 9200
    """)
    assert analysis.sum_budgeted == 41569


def test_what_was_approved_beside_what_was_spent_in_several_years_is_a_budget_without_the_word() -> None:
    table = """
        County | FY24 {first} | FY24 Actual | FY25 {first} | FY25 Actual
        Bomet  | 3430         | 3415        | 3921         | 3800
        Busia  | 2912         | 2769        | 3962         | 2500
    """
    assert analysed(table.format(first="Approved")).file_type_detection.likely_file_type is FileType.BUDGET
    assert analysed(table.format(first="Invoiced")).file_type_detection.likely_file_type is FileType.OTHER


def test_what_lies_below_each_stage_of_a_year_is_taken_from_one_stage() -> None:
    analysis = analysed("""
        Ministry | Budget 2024 |         | Revised 2024 |         | Budget 2025 |
                 | Revenue     | Capital | Revenue      | Capital | Revenue     | Capital
        Farming  | 11547       | 60      | 11204        | 55      | 12248       | 48
        Energy   | 11980       | 13098   | 11770        | 15029   | 12870       | 12098
        Aviation | 3024        | 88      | 2830         | 90      | 2280        | 77
    """)
    assert analysis.sum_budgeted == 80599


def test_departments_below_each_year_are_all_taken() -> None:
    analysis = analysed("""
                 | 2024   | 2024  | 2024    | 2025   | 2025  | 2025
        Item     | Police | Parks | Library | Police | Parks | Library
        Salaries | 1000   | 500   | 300     | 1100   | 510   | 310
        Supplies | 100    | 50    | 30      | 110    | 51    | 31
        Vehicles | 700    | 80    | 0       | 750    | 85    | 0
    """)
    assert analysis.sum_budgeted == 5707


def test_columns_of_a_year_that_add_up_to_its_total_are_all_taken() -> None:
    analysis = analysed("""
        Ministry  | Treasury 2024 | Fees 2024 | Gross 2024 | Treasury 2025 | Fees 2025 | Gross 2025
        Law       | 5120          | 610       | 5730       | 5390          | 640       | 6030
        Judiciary | 21980         | 0         | 21980      | 23110         | 0         | 23110
        Ethics    | 4010          | 12        | 4022       | 4120          | 15        | 4135
    """)
    assert analysis.sum_budgeted == 65007


def test_years_planned_behind_the_quarters_of_one_are_taken_and_its_own_sum_is_not() -> None:
    analysis = analysed("""
        Plan     | Q1 2026 | Q2 2026 | Q3 2026 | Q4 2026 | FY2026 | FY2027 | FY2028
        Research | 2110    | 2230    | 2340    | 2450    | 9130   | 13020  | 18040
        Sales    | 915     | 1120    | 1310    | 1525    | 4870   | 9010   | 15025
        Office   | 610     | 615     | 650     | 705     | 2580   | 3515   | 4810
    """)
    assert analysis.sum_budgeted == 16580 + 25545 + 37875


def test_a_year_behind_some_of_its_months_is_not_added_to_them() -> None:
    analysis = analysed("""
        Plan     | Oct 2025 | Nov 2025 | Dec 2025 | FY2026
        Research | 2110     | 2230     | 2340     | 29130
        Sales    | 915      | 1120     | 1310     | 14870
        Office   | 610      | 615      | 650      | 7580
    """)
    assert analysis.sum_budgeted == 11900


def test_two_years_together_are_the_sum_of_both_and_no_year() -> None:
    analysis = analysed("""
        Agency | Fund    | 2023-25 Biennium | FY2026 | FY2027 | 2025-27 Biennium
        School | General | 81204            | 42103  | 43052  | 85155
        School | Federal | 21103            | 10802  | 10854  | 21656
        Prison | General | 19102            | 9801   | 10013  | 19814
        Parks  | Special | 3102             | 1611   | 1639   | 3250
    """)
    assert analysis.sum_budgeted == 129875
