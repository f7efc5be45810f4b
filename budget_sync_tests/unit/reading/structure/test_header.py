"""Where the header is: by what stands under each of its cells."""

from budget_sync.reading.document import Grid
from budget_sync.reading.structure.header import find_header
from budget_sync_tests.unit.mapping.tables import grid_of


def test_below_titles_and_blank_rows() -> None:
    header = find_header(
        grid_of("""
        Annual plan of the works
        as of 3 March

        Department | Amount
        Sales      | 100
        Finance    | 200
    """)
    )
    assert (header.row, header.first, header.body) == (3, 3, 4)


def test_of_several_levels_the_last_row_is_named_and_all_are_joined() -> None:
    header = find_header(
        grid_of("""
        Department | 2024   | 2024   | 2025
                   | Budget | Actual | Budget
        Sales      | 100    | 90     | 110
        Finance    | 200    | 190    | 210
    """)
    )
    assert (header.first, header.row) == (0, 1)
    assert header.names == ["Department", "2024 Budget", "2024 Actual", "2025 Budget"]
    assert header.labels == ["Department", "Budget", "Actual", "Budget"]


def test_years_above_figures_are_a_header_though_they_are_numbers() -> None:
    header = find_header(
        grid_of("""
        Account | 2024 | 2025
        Rent    | 1100 | 1200
        Wages   | 9000 | 9500
    """)
    )
    assert header.row == 0


def test_no_row_of_names_above_the_figures_is_no_header() -> None:
    header = find_header(
        grid_of("""
        Rent  | 1100
        Wages | 9000
        Paper | 70
    """)
    )
    assert (header.row, header.first, header.body) == (None, None, 0)


def test_an_amount_that_looks_like_a_year_in_the_very_first_row_makes_no_header() -> None:
    assert find_header(grid_of("Rent | 2000\nWages | 9000\nPaper | 70\nTravel | 350")).row is None
    assert find_header(grid_of("Category | 2000\nWages | 9000\nPaper | 70\nTravel | 350")).row == 0


def test_an_amount_like_a_year_below_other_amounts_or_a_title_is_no_header() -> None:
    assert find_header(grid_of("Income\nFees | 900\nDonations | 2000\nCosts\nRent | 400")).row is None
    assert find_header(grid_of("Budget 2026\nIncome\nGifts | 2000\nFees | 900\nRent | 400\nTravel | 70")).row is None
    assert find_header(grid_of("Budget 2026\nCategory | 2027\nFees | 900\nRent | 400\nTravel | 70")).row == 1


def test_a_title_over_merged_cells_filled_to_the_right_is_no_header() -> None:
    header = find_header(
        grid_of("""
        Estimates | Estimates | Estimates | Estimates
        Item      | Plan      | Draft     | Total
        Rent      | 1100      | 1200      | 2300
        Wages     | 9000      | 9500      | 18500
    """)
    )
    assert header.row == 1


def test_prose_is_no_name_of_a_column() -> None:
    long_text = "This sheet shows what every department of the town plans to spend in the coming fiscal year, by item"
    header = find_header(grid_of(f"{long_text} | {long_text}\nItem | Plan\nRent | 1100\nWages | 9000"))
    assert header.row == 1


def test_a_person_may_choose_the_row() -> None:
    header = find_header(grid_of("a | b\nItem | Plan\nRent | 1100\nWages | 9000"), chosen_row=0)
    assert header.row == 0


def test_a_chosen_row_is_taken_however_far_down_it_stands() -> None:
    notes = "\n".join(f"note {number} |" for number in range(300))
    assert find_header(grid_of(f"{notes}\nItem | Plan\nRent | 1100\nPaper | 20"), chosen_row=300).row == 300


def test_of_a_table_of_words_the_first_row_is_the_header() -> None:
    assert find_header(grid_of("code | name | type\na1 | Rent | cost\na2 | Wages | cost\na3 | Sales | income")).row == 0


def test_an_empty_sheet_has_no_header_and_no_columns() -> None:
    header = find_header(Grid([[], [""]]))
    assert (header.row, header.width) == (None, 0)


def test_a_line_whose_amounts_rise_below_a_section_is_no_header() -> None:
    header = find_header(
        grid_of("""
        FY2026 Budget |     |     |     |
                      | Q1  | Q2  | Q3  | Q4
        Revenue       |     |     |     |
        Products      | 100 | 110 | 120 | 130
        Services      | 50  | 55  | 60  | 65
        """)
    )
    assert header.row == 1
