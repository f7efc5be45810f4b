"""Which of several columns of codes is filled tells how deep a row is: the rows above hold the sums of the lower."""

from budget_sync_tests.unit.mapping.tables import analysed


def test_of_division_chapter_and_paragraph_only_the_paragraphs_are_lines() -> None:
    analysis = analysed("""
        Division | Chapter | Paragraph | Name             | Budget 2025
        010      |         |           | Farming          | 152300
                 | 01030   |           | Chambers         | 12300
                 |         | 2850      | Payments         | 12300
                 | 01095   |           | Other activities | 140000
                 |         | 4210      | Materials        | 40000
                 |         | 4300      | Services         | 100000
        600      |         |           | Transport        | 910000
                 | 60016   |           | Local roads      | 910000
                 |         | 4270      | Repairs          | 260000
                 |         | 6050      | Investment       | 650000
                 |         |           | Total            | 1062300
    """)
    assert analysis.sum_budgeted == 1062300
    assert analysis.budget_rows == 5


def test_the_codes_above_may_be_repeated_beside_those_below() -> None:
    analysis = analysed("""
        Division | Chapter | Paragraph | Name             | Budget 2025
        010      |         |           | Farming          | 152300
        010      | 01030   |           | Chambers         | 12300
        010      | 01030   | 2850      | Payments         | 12300
        010      | 01095   |           | Other activities | 140000
        010      | 01095   | 4210      | Materials        | 40000
        010      | 01095   | 4300      | Services         | 100000
        600      |         |           | Transport        | 910000
        600      | 60016   |           | Local roads      | 910000
        600      | 60016   | 4270      | Repairs          | 260000
        600      | 60016   | 6050      | Investment       | 650000
    """)
    assert analysis.sum_budgeted == 1062300


def test_one_sum_of_several_lines_is_enough_where_all_the_many_others_repeat_their_only_line() -> None:
    analysis = analysed("""
        Division | Chapter | Paragraph | Budget 2025
        Farming  |         |           | 152300
                 | Advice  |           | 12300
                 |         | Payments  | 12300
                 | Grants  |           | 140000
                 |         | Materials | 140000
        Roads    |         |           | 910000
                 | Local   |           | 910000
                 |         | Repairs   | 910000
        Water    |         |           | 41500
                 | Supply  |           | 41500
                 |         | Pumps     | 41500
    """)
    assert analysis.sum_budgeted == 1103800


def test_rows_that_are_no_sums_of_the_rows_below_stay_lines() -> None:
    analysis = analysed("""
        Division | Chapter | Paragraph | Name        | Budget 2025
        010      |         |           | Farming     | 5100
                 | 01030   |           | Chambers    | 12300
                 |         | 2850      | Payments    | 770
                 | 01095   |           | Other       | 6400
                 |         | 4210      | Materials   | 415
        600      |         |           | Transport   | 9120
                 | 60016   |           | Local roads | 3300
                 |         | 4270      | Repairs     | 2650
    """)
    assert analysis.budget_rows == 8


def test_a_grand_total_without_a_word_is_found_above_chapters_that_repeat_their_only_line() -> None:
    analysis = analysed("""
        Chapter | Name            | 2024       | 2025
                | The whole state | 4604358000 | 4802103696
        301     | President       | 314868000  | 318512696
                | Own office      | 104463000  | 108245696
                | Castle          | 210405000  | 210267000
        302     | Parliament      | 1125936000 | 1068103000
                | Parliament      | 1125936000 | 1068103000
        303     | Senate          | 522675000  | 519447000
                | Senate          | 522675000  | 519447000
        304     | Government      | 2640879000 | 2896041000
                | Own office      | 1539670000 | 1567616000
                | Advisers        | 1101209000 | 1328425000
    """)
    assert analysis.sum_budgeted == 4604358000 + 4802103696


CHART = """
    Account | Name      | Budget 2026
    6       | Costs     | 1880
    60      | Personnel | 1500
    600     | Salaries  | 1200
    601     | Bonus     | 300
    61      | Premises  | 380
    610     | Rent      | 350
    611     | Energy    | 30
"""


def test_of_accounts_that_begin_with_one_another_only_the_finest_are_lines() -> None:
    analysis = analysed(CHART)
    assert analysis.sum_budgeted == 1880
    assert analysis.budget_rows == 4


def test_of_rows_with_their_level_only_the_finest_are_lines() -> None:
    levels = """
        Level | Name      | Budget 2026
        1     | Costs     | 1880
        2     | Personnel | 1500
        3     | Salaries  | 1200
        3     | Bonus     | 300
        2     | Premises  | 380
        3     | Rent      | 350
        3     | Energy    | 30
    """
    assert analysed(levels).sum_budgeted == 1880
    other = levels.replace("1500", "1700").replace("380", "390")
    assert analysed(other).budget_rows == 7  # the sums do not bear it out: it may be a grade, or a priority


def test_amounts_that_begin_with_one_another_are_no_codes() -> None:
    analysis = analysed("""
        Department | Budget 2026
        Sales      | 1
        IT         | 10
        HR         | 12
        Legal      | 120
        Audit      | 2
    """)
    assert analysis.sum_budgeted == 145


def test_of_indented_names_the_rows_above_that_bear_their_sums_are_no_lines() -> None:
    analysis = analysed("""
        Item         | Budget 2026
        Personnel    | 600
        __Salaries   | 500
        __Benefits   | 100
        Premises     | 400
        __Rent       | 300
        __Power      | 100
        Total        | 1000
    """)
    assert analysis.sum_budgeted == 1000
    assert analysis.budget_rows == 4
