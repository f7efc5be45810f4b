"""Totals of every sort are no lines: told by word, by codes, by arithmetic, and held against what they sum."""

from decimal import Decimal

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync_tests.unit.mapping.tables import analysed, columns


def test_total_rows_by_word_are_control_totals_and_never_lines() -> None:
    analysis = analysed("""
        Department | Item    | Budget
        Sales      | Travel  | 1000
        Sales      | Paper   | 210
        Subtotal   |         | 1210
        Finance    | Travel  | 330
        Finance    | Audit   | 4400
        Subtotal   |         | 4730
        Grand total|         | 5940
    """)
    assert analysis.sum_budgeted == 5940
    assert analysis.budget_rows == 4
    assert [(total.stated, total.computed, total.agrees) for total in analysis.control_totals] == [
        (1210, 1210, True),
        (4730, 4730, True),
        (5940, 5940, True),
    ]


def test_a_total_that_does_not_agree_is_shown_with_the_difference() -> None:
    analysis = analysed("""
        Item   | Budget
        Travel | 1000
        Paper  | 210
        Rent   | 3000.10
        Total  | 4211
    """)
    (total,) = analysis.control_totals
    assert (total.stated, total.computed, total.agrees) == (Decimal(4211), Decimal("4210.10"), False)
    assert analysis.sum_budgeted == Decimal("4210.10")


@pytest.mark.parametrize(
    "word",
    ["Summe", "Gesamt", "Totaal", "Razem", "Celkem", "Suma", "Total général", "Totale", "Toplam", "合計", "Итого"],
)
def test_total_words_of_many_languages(word: str) -> None:
    analysis = analysed(f"""
        Account | Budget
        Travel  | 1000.25
        Paper   | 210.5
        Rent    | 3000
        {word}  | 4210.75
    """)
    assert analysis.sum_budgeted == Decimal("4210.75")
    assert analysis.budget_rows == 3


def test_totals_without_a_word_are_told_by_arithmetic() -> None:
    analysis = analysed("""
        Chapter | Item | Budget
        10      | 501  | 1234.10
        10      | 502  | 987.25
        10      | 503  | 45.55
        10      |      | 2266.90
        20      | 501  | 8765.40
        20      | 502  | 123.35
        20      |      | 8888.75
    """)
    assert analysis.budget_rows == 5
    assert analysis.sum_budgeted == Decimal("11155.65")
    assert all(total.agrees for total in analysis.control_totals)


def test_totals_that_stand_first_are_told_by_arithmetic() -> None:
    analysis = analysed("""
        Account              | Budget
        Personnel            | 81234
        __6010 Wages         | 71000
        __6020 Pensions      | 10234
        Operations           | 25679
        __6110 Rent          | 20555
        __6120 Travel        | 5124
    """)
    assert analysis.sum_budgeted == 81234 + 25679
    assert analysis.budget_rows == 4


def test_a_tree_of_codes_keeps_its_leaves() -> None:
    analysis = analysed("""
        Account                  | 2024  | 2025
        01 Crown                 | 53.1  | 57.3
        0111 Allowance           | 53.1  | 57.3
        011101 Household         | 33.0  | 35.2
        011102 Travel            | 20.1  | 22.1
        02 Parliament            | 98.9  | 99.2
        0211 Members             | 98.9  | 99.2
        021101 Salaries          | 70.4  | 70.7
        021102 Offices           | 28.5  | 28.5
    """)
    assert analysis.budget_rows == 4
    assert analysis.sum_budgeted == Decimal("308.5")


def test_dotted_codes_make_a_tree_too() -> None:
    analysis = analysed("""
        Code  | Name     | Budget
        1     | Staff    | 31500
        1.1   | Wages    | 30000
        1.2   | Training | 1500
        2     | Goods    | 2750
        2.1   | Paper    | 250
        2.2   | Fuel     | 2500
    """)
    assert analysis.budget_rows == 4
    assert analysis.sum_budgeted == 34250


def test_codes_filled_up_with_noughts_make_a_tree_too() -> None:
    table = """
        Code       | Name             | Budget
        1.0.0.0.00 | CURRENT REVENUE  | 48900000
        1.1.0.0.00 | Taxes            | 9400000
        1.1.1.2.50 | Land             | 5200000
        1.1.1.4.51 | Services         | 4200000
        1.7.0.0.00 | Transfers        | 39500000
        1.7.1.1.51 | Share of the tax | 28000000
        1.7.2.1.50 | Share of trade   | 11500000
    """
    for text in (table, table.replace(".", "")):
        analysis = analysed(text)
        assert analysis.budget_rows == 4
        assert analysis.sum_budgeted == 48900000


def test_results_such_as_net_income_are_no_lines() -> None:
    analysis = analysed("""
        Item             | Budget
        Sales            | 90123.45
        Cost of sales    | -40000.10
        Net income       | 50123.35
    """)
    assert analysis.budget_rows == 2


def test_what_stands_below_the_grand_total_is_no_line() -> None:
    analysis = analysed("""
        Item      | Aug
        Phone     | 1700
        Internet  | 1250
        Food      | 12000
        Allowance | 2500

        Total     | 17450
        Pay       | 20841
        Saved     | 3391
    """)
    assert analysis.budget_rows == 4
    assert analysis.sum_budgeted == 17450


def test_check_figures_without_any_label_are_no_lines() -> None:
    analysis = analysed("""
        Department | 2024 | 2025
        Sales      | 1001 | 1101
        Finance    | 2002 | 2102
        Research   | 3003 | 3103
        Legal      | 4004 | 4104
        Works      | 5005 | 5105

                   | 15015 | 15515
    """)
    assert analysis.budget_rows == 5


def test_small_round_sums_among_lines_are_coincidence() -> None:
    analysis = analysed("""
        Department | Item     | Budget
        Sales      | Travel   | 1000
        Sales      | Paper    | 2000
        Sales      | Software | 3000
        Finance    | Travel   | 1000
        Finance    | Audit    | 4000
        Finance    | Banking  | 5000
    """)
    assert analysis.budget_rows == 6
    assert analysis.sum_budgeted == 16000


def test_a_subtotal_of_one_line_and_the_grand_total_agree() -> None:
    analysis = analysed("""
        Budget line | Unit  | Qty | Unit cost | Total cost
        1. Staff    |       |     |           |
        1.1 Manager | month | 12  | 1000      | 12000
        1.2 Driver  | month | 12  | 400       | 4800
        Subtotal staff |    |     |           | 16800
        2. Travel   |       |     |           |
        2.1 Flights | trip  | 4   | 600       | 2400
        Subtotal travel |   |     |           | 2400
        TOTAL       |       |     |           | 19200
    """)
    assert [total.agrees for total in analysis.control_totals] == [True, True, True]
    assert analysis.budget_rows == 3
    assert columns(analysis, TargetField.DEPARTMENT) == []


def test_small_round_totals_that_stand_first_are_borne_out_by_the_last_total() -> None:
    analysis = analysed("""
        Line       | FY2025
        Personnel  | 350
        Salaries   | 300
        Benefits   | 50
        Operations | 125
        Rent       | 75
        Power      | 50
        Total      | 475
    """)
    assert analysis.sum_budgeted == 475
    assert [total.agrees for total in analysis.control_totals] == [True, True, True]


def test_a_last_total_that_nothing_bears_out_leaves_the_lines_alone() -> None:
    analysis = analysed("""
        Line       | FY2025
        Salaries   | 300
        Benefits   | 50
        Rent       | 75
        Total      | 999
    """)
    assert analysis.sum_budgeted == 425
    assert [total.agrees for total in analysis.control_totals] == [False]


def test_a_line_equal_to_two_others_in_columns_that_are_copies_is_no_total() -> None:
    analysis = analysed("""
        Item     | Q1    | Q2    | Q3    | Q4    | Year
        Salaries | 51000 | 51000 | 51000 | 51000 | 204000
        Licences | 9000  | 9000  | 9000  | 9000  | 36000
        Machines | 13000 | 13000 | 13000 | 13000 | 52000
        Printing | 4000  | 4000  | 4000  | 4000  | 16000
        Rent     | 7500  | 7500  | 7500  | 7500  | 30000
    """)
    assert analysis.sum_budgeted == 338000
    assert analysis.control_totals == []


def test_a_result_between_the_blocks_is_no_line() -> None:
    analysis = analysed("""
        Profit and loss budget 2026
        Account          | 2026
        Revenue          |
        Subscriptions    | 91500
        Courses          | 8250
        Total revenue    | 99750
        Cost of sales    |
        Hosting          | 21300
        Support          | 18900
        Total cost       | 40200
        Gross profit     | 59550
        Operating costs  |
        Salaries         | 31000
        Rent             | 9600
        Total operating  | 40600
        EBITDA           | 18950
    """)
    assert analysis.budget_rows == 6
    assert analysis.sum_budgeted == 180550


def test_rows_marked_with_the_sign_for_equals_are_results() -> None:
    analysis = analysed("""
        Nr | Ertrags- und Aufwandsarten    | Ansatz 2026 | Ansatz 2027
        01 | + Steuern                     | 41.200      | 42.900
        02 | + Zuweisungen                 | 13.850      | 14.100
        03 | = Erträge                     | 55.050      | 57.000
        04 | - Personal                    | 38.470      | 39.020
        05 | - Sachkosten                  | 21.130      | 20.980
        06 | = Aufwendungen                | 59.600      | 60.000
        07 | = Ergebnis (= Zeilen 3 und 6) | 4.550-      | 3.000-
    """)
    assert analysis.budget_rows == 4
    assert analysis.sum_budgeted == 114650 + 117000


def test_a_list_of_names_may_hold_one_that_is_called_like_a_result() -> None:
    analysis = analysed("""
        Agency   | Year      | Approved budget
        Roads    | 2024/2025 | 918500
        Surplus  | 2024/2025 | 48600
        Schools  | 2024/2025 | 733100
        Harbours | 2024/2025 | 122900
    """)
    assert analysis.budget_rows == 4


def test_overheads_upon_the_direct_costs_are_a_line() -> None:
    analysis = analysed("""
        Budget line           | Total
        1.1 Project manager   | 67200
        1.2 Field officers    | 45600
        2.1 Flights           | 6600
        2.2 Transport         | 7250
        Total direct costs    | 126650
        Overheads of the seat | 8866
        Total                 | 135516
    """)
    assert analysis.sum_budgeted == 135516
    assert [total.agrees for total in analysis.control_totals] == [True, True]


def test_a_reserve_upon_a_subtotal_that_is_typed_wrong_is_a_line() -> None:
    analysis = analysed("""
        Code     | Item               | Number | Total
        51001    | Research grant     | 12     | 24000
        51002    | Field grant        | 12     | 7200
        52001    | Spare batteries    | 2      | 1600
        53001    | Transport          | 6      | 1200
        Subtotal | Subtotal           |        | 33900
        54001    | Reserve of a tenth |        | 3390
        Total    | Total              |        | 37290
    """)
    assert analysis.sum_budgeted == 37390


def test_a_chapter_without_lines_below_it_is_a_line_among_chapters_that_sum_theirs() -> None:
    analysis = analysed("""
        No  | Name              | 2025    | 2026
            | The whole budget  | 4118733 | 4331018
        301 | Office            | 347368  | 386787
            | Own costs         | 104463  | 108245
            | Castle            | 242905  | 278542
        302 | House             | 1125936 | 1068103
        303 | Senate            | 522675  | 519447
        304 | Government        | 740265  | 888817
            | Own costs         | 539670  | 567616
            | Advisers          | 200595  | 321201
        308 | Security          | 1382489 | 1467864
            | Network           | 614570  | 673812
            | All else          | 767919  | 794052
    """)
    assert analysis.sum_budgeted == 4118733 + 4331018
    assert analysis.budget_rows == 8


@pytest.mark.parametrize("words", ["of which", "davon", "dont", "di cui", "waarvan"])
def test_a_part_of_the_row_above_is_no_line(words: str) -> None:
    analysis = analysed(f"""
        Item                | Budget 2026
        Personnel           | 5120
        {words} trainees    | 340
        Travel              | 910
        Rent                | 2400
    """)
    assert analysis.sum_budgeted == 8430


def test_rows_filled_as_the_lines_are_stay_lines_below_the_total() -> None:
    analysis = analysed("""
        Department  | Category | Period | Budget
        Sales       | Travel   | FY2025 | 1000
        Sales       | Software | FY2025 | 2000
        Legal       | Travel   | FY2025 | 3000
        Legal       | Books    | FY2025 | 4000
        IT          | Servers  | FY2025 | 5000
        Total       |          |        | 15000
        Contingency | Reserve  | FY2025 | 5000
        Capital     | Vans     | FY2025 | 80000
    """)
    assert analysis.sum_budgeted == 100000
    assert [total.agrees for total in analysis.control_totals] == [True]


def test_a_name_that_begins_like_a_total_is_a_line_where_it_sums_nothing() -> None:
    analysis = analysed("""
        Department    | Category | Budget 2025
        Sales         | Travel   | 10000
        Total Rewards | Bonus    | 60000
        Total Rewards | Pension  | 69000
        Legal         | Books    | 40000
        IT            | Servers  | 46000
    """)
    assert analysis.sum_budgeted == 225000
    assert analysis.control_totals == []


def test_a_total_that_names_what_it_sums_is_one_among_filled_cells() -> None:
    analysis = analysed("""
        Department | Category     | Budget 2025
        Sales      | Air travel   | 100
        Sales      | Rail travel  | 250
        Sales      | Total travel | 350
        Legal      | Books        | 40
        Legal      | Training     | 75
    """)
    assert analysis.sum_budgeted == 465


def test_sums_above_their_lines_are_totals_where_every_row_is_one_or_belongs_to_one() -> None:
    table = """
        Category  | Jan  | Feb  | Mar
        Household | 1200 | 1150 | 1300
        Groceries | 500  | 450  | 550
        Utilities | 350  | 380  | 360
        Rent      | 350  | 320  | 390
        Car       | 610  | 520  | 480
        Fuel      | 410  | 320  | 280
        Insurance | 200  | 200  | 200
    """
    assert analysed(table).sum_budgeted == 5260
    assert analysed(table + "        Holidays  | 100  | 0    | 250\n").sum_budgeted == 5260 * 2 + 350
