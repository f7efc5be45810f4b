"""Labels of merged cells stand in every cell that they label."""

from openpyxl import Workbook

from budget_sync.reading import Grid, read_document
from budget_sync.reading.document import MergedRange
from budget_sync.reading.workbook.merged_labels import fill_merged_labels
from budget_sync_tests.unit.reading.workbooks import saved


def sheet(rows: list[list[object]], *merges: str) -> Grid:
    workbook = Workbook()
    for row in rows:
        workbook.worksheets[0].append(row)
    for merge in merges:
        workbook.worksheets[0].merge_cells(merge)
    return read_document(saved(workbook), "budget.xlsx").grids[0]


def test_a_department_merged_over_its_lines_stands_in_each() -> None:
    grid = sheet([["Dept", "Line", "Amount"], ["IT", "a", 5], [None, "b", 6], ["HR", "c", 7]], "A2:A3")
    assert grid.rows[2] == ["IT", "b", "6"]
    assert grid.kinds is not None
    assert grid.kinds[2] == "ttn"
    assert grid.merges == [MergedRange(1, 0, 2, 0)]


def test_an_amount_merged_over_lines_stands_once() -> None:
    grid = sheet([["Dept", "Amount"], ["IT", 500], ["HR", None]], "B2:B3")
    assert grid.rows[2] == ["HR"]


def test_a_year_merged_over_its_columns_in_the_header_stands_in_each() -> None:
    grid = sheet(
        [["Dept", 2024, None, "Plan", None], [None, "Q1", "Q2", "Q1", "Q2"], ["IT", 1, 2, 3, 4]],
        "B1:C1",
        "D1:E1",
        "A1:A2",
    )
    assert grid.rows[:2] == [["Dept", "2024", "2024", "Plan", "Plan"], ["Dept", "Q1", "Q2", "Q1", "Q2"]]


def test_a_title_merged_over_the_sheet_stands_once() -> None:
    grid = sheet([["Budget 2025", None, None], ["Dept", "Line", "Amount"], ["IT", "a", 5]], "A1:C1")
    assert grid.rows[0] == ["Budget 2025"]


def test_a_title_at_the_left_that_is_alone_in_its_row_stands_once() -> None:
    grid = sheet([["Town", None, None, None], ["Dept", "Line", "Sub", "Amount"], ["IT", "a", "b", 5]], "A1:B1")
    assert grid.rows[0] == ["Town"]


def test_a_group_that_is_alone_above_its_columns_is_no_title() -> None:
    grid = sheet([[None, "Plan", None, None], ["Dept", "Q1", "Q2", "Q3"], ["IT", 1, 2, 3]], "B1:C1")
    assert grid.rows[0] == ["", "Plan", "Plan"]


def test_labels_merged_to_the_right_below_the_header_stand_once() -> None:
    grid = sheet([["Dept", "Line", "Amount"], ["IT", "a", 5], ["Total", None, 5]], "A3:B3")
    assert grid.rows[2] == ["Total", "", "5"]


def test_merges_outside_the_filled_cells_or_over_whole_columns_change_nothing() -> None:
    rows, kinds = [["a", "b"], ["c", "d"]], ["tt", "tt"]
    fill_merged_labels(rows, kinds, [MergedRange(5, 0, 6, 0), MergedRange(0, 7, 0, 9), MergedRange(0, 0, 1, 999_999)])
    assert rows == [["a", "b"], ["c", "d"]]
