"""Cells of workbooks become exact text, with what a person sees beside the values."""

import datetime as dt

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading import Document
from budget_sync.reading.limits import Limits
from budget_sync.reading.workbook.cell_text import plain_number
from budget_sync.reading.workbook.messages import ParseRequest
from budget_sync.reading.workbook.number_formats import style_units, unit_of_format
from budget_sync.reading.workbook.sheets import parse_workbook
from budget_sync.reading.workbook.workbook_file import assembled
from budget_sync_tests.unit.reading.workbooks import (
    label_record,
    number_record,
    ods,
    ods_of,
    raw_xlsx,
    saved,
    sheet_xml,
    xls,
)


def read(content: bytes) -> Document:
    """The document of a workbook that is parsed here and not in a child."""
    request = ParseRequest(content, is_archive=content.startswith(b"PK"), limits=Limits())
    return assembled("budget.xlsx", parse_workbook(request))


def cells(xml: str) -> Document:
    return read(raw_xlsx(sheet_xml(xml)))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (-0.0, "0"),
        (1e5, "100000"),
        (1e22, "10000000000000000000000"),
        (0.1 + 0.2, "0.3"),
        (1234.5600000000002, "1234.56"),
        (-1e-7, "-0.0000001"),
        (123456789012.34, "123456789012.34"),
        (1e15, "1000000000000000"),
        (999999999999999.9, "1000000000000000"),
        (0.05, "0.05"),
        (float("nan"), ""),
        (float("inf"), ""),
    ],
)
def test_a_number_is_written_as_the_plain_decimal_that_was_typed(value: float, text: str) -> None:
    assert plain_number(value) == text


def test_values_of_every_kind_become_text_with_their_kind() -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Rent", 1200.5, dt.date(2025, 3, 1), dt.datetime(2025, 3, 1, 12, 30), True, None, dt.time(8, 5)])  # noqa: DTZ001 - cells have no zone
    sheet.append([" IT ", 0.25, dt.timedelta(hours=30, minutes=5), "line\nbreak", False])
    grid = read(saved(workbook)).grids[0]
    assert grid.rows == [
        ["Rent", "1200.5", "2025-03-01", "2025-03-01 12:30:00", "TRUE", "", "08:05:00"],
        [" IT ", "0.25", "30:05:00", "line\nbreak", "FALSE"],
    ]
    assert grid.kinds == ["tnddb d", "tndtb"]


def test_dates_of_the_1904_system_are_the_same_days() -> None:
    workbook = Workbook()
    workbook.epoch = CALENDAR_MAC_1904
    workbook.worksheets[0].append([dt.date(2025, 3, 1)])
    assert read(saved(workbook)).grids[0].rows == [["2025-03-01"]]


def test_rows_and_columns_before_the_table_keep_their_place() -> None:
    workbook = Workbook()
    workbook.worksheets[0]["C4"] = "Department"
    assert read(saved(workbook)).grids[0].rows == [[], [], [], ["", "", "Department"]]


def test_error_cells_are_told_with_their_place() -> None:
    document = cells(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>IT</t></is></c><c r="B1" t="e"><f>X!A1</f><v>#REF!</v></c></row>'
        '<row r="3"><c r="C3" s="1" t="e"><v>#DIV/0!</v></c></row>'
    )
    assert document.grids[0].rows == [["IT", "#REF!"], [], ["", "", "#DIV/0!"]]
    assert document.grids[0].kinds == ["te", "", "  e"]
    assert document.notes[0].message == "Sheet 'Budget' has error values: #REF! at B1, #DIV/0! at C3."


def test_formulas_without_a_stored_value_are_told_but_stored_empty_text_is_not() -> None:
    document = cells(
        '<row r="1"><c r="A1"><f>1+1</f><v></v></c><c r="B1"><f>2</f></c><c r="C1" t="str"><f>""</f><v></v></c>'
        '<c r="D1"><f>1+4</f><v>5</v></c><c r="E1"><f t="shared" si="0"/></c></row>'
    )
    assert document.grids[0].rows == [["", "", "", "5", ""]]
    assert document.grids[0].kinds == ["ff nf"]
    assert document.notes[0].code == "formulas_without_value"


@pytest.mark.parametrize(
    ("cell", "row", "kinds"),
    [
        ('<c t="e" r="B1"><v>#REF!</v></c>', ["IT", "#REF!"], "te"),
        ('<c s="0" r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', ["IT", "#DIV/0!"], "te"),
        ("<c r='B1' t='e'><v>#N/A</v></c>", ["IT", "#N/A"], "te"),
        ('<c\n  t="e"\n  r="B1">\n<v>#REF!</v></c>', ["IT", "#REF!"], "te"),
        ('<c s="0" r="B1"><f>1+1</f></c>', ["IT", ""], "tf"),
        ('<c t="str" r="B1"><f>1+1</f></c>', ["IT", ""], "tf"),
        ('<c r="B1" t="n">\n<f>1+1</f>\n<v/>\n</c>', ["IT", ""], "tf"),
    ],
)
def test_a_cell_without_a_value_is_told_however_its_tag_is_written(cell: str, row: list[str], kinds: str) -> None:
    grid = cells(f'<row r="1"><c t="inlineStr" r="A1"><is><t>IT</t></is></c>{cell}</row>').grids[0]
    assert (grid.rows, grid.kinds) == ([row], [kinds])


def test_formulas_that_give_an_empty_text_are_read_as_empty_and_counted() -> None:
    document = cells(
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><f>""</f><v></v></c>'
        '<c t="str" r="C2"><f>""</f><v/></c></row>'
    )
    assert document.grids[0].rows == [[], ["1"]]
    assert [note.message for note in document.notes] == [
        "Sheet 'Budget' has formulas that give an empty text (2, the first at B2); they are read as empty cells."
    ]


def test_cells_without_a_value_that_cannot_be_placed_are_counted() -> None:
    document = cells('<row><c><v>1</v></c><c t="e"><v>#N/A</v></c><c><f>1+1</f></c><c><v>2</v></c></row>')
    assert document.grids[0].rows == [["1", "", "", "2"]]
    assert [note.code for note in document.notes] == ["unmarked_cells"]
    assert "cannot be placed (2)" in document.notes[0].message


def test_more_errors_than_are_kept_are_counted() -> None:
    columns = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    many = "".join(
        f'<row r="{row}">' + "".join(f'<c r="{column}{row}" t="e"><v>#N/A</v></c>' for column in columns) + "</row>"
        for row in range(1, 7701)
    )
    document = cells(many)
    assert sum(kinds.count("e") for kinds in document.grids[0].kinds or []) == 200_000
    assert "cannot be placed (200)" in document.notes[-1].message


def test_more_than_a_few_marked_cells_are_counted() -> None:
    row = "".join(f'<c r="{letter}1" t="e"><v>#N/A</v></c>' for letter in "ABCDEFG")
    assert cells(f'<row r="1"><c r="H1"><v>1</v></c>{row}</row>').notes[0].message.endswith("#N/A at E1 and 2 more.")


def test_a_cell_far_to_the_right_is_named_as_spreadsheets_name_it() -> None:
    document = cells('<row r="1"><c r="A1"><v>1</v></c><c r="AB1" t="e"><v>#N/A</v></c></row>')
    assert "#N/A at AB1" in document.notes[0].message


def test_elements_with_a_namespace_prefix_are_understood() -> None:
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    row = '<x:row r="1" hidden="1"><x:c r="A1"><x:v>1</x:v></x:c><x:c r="B1" t="e"><x:v>#REF!</x:v></x:c></x:row>'
    xml = f'<x:worksheet xmlns:x="{main}"><x:sheetData>{row}</x:sheetData></x:worksheet>'
    grid = read(raw_xlsx(xml)).grids[0]
    assert (grid.kinds, grid.hidden_rows) == (["ne"], frozenset({0}))


def test_hidden_sheets_and_rows_are_read_and_noted() -> None:
    workbook = Workbook()
    shown, hidden = workbook.worksheets[0], workbook.create_sheet("Assumptions")
    for row in (["a"], ["b"], ["c"]):
        shown.append(row)
    shown.row_dimensions[2].hidden = True
    hidden.append(["x"])
    hidden.sheet_state = "veryHidden"
    document = read(saved(workbook))
    assert [(grid.sheet, grid.hidden, grid.hidden_rows) for grid in document.grids] == [
        ("Sheet", False, {1}),
        ("Assumptions", True, frozenset()),
    ]
    assert [note.code for note in document.notes] == ["hidden_rows", "hidden_sheet"]


def test_a_chart_sheet_is_no_grid() -> None:
    workbook = Workbook()
    workbook.worksheets[0].append(["a"])
    workbook.create_chartsheet("Chart")
    assert [grid.sheet for grid in read(saved(workbook)).grids] == ["Sheet"]


def test_a_workbook_without_a_filled_cell_is_refused_as_empty() -> None:
    with pytest.raises(UnreadableFileError, match="no filled cell") as refusal:
        read(saved(Workbook()))
    assert refusal.value.reason == "empty"


def test_the_units_of_number_formats_are_told_by_column() -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    for row in range(1, 4):
        sheet.append(["IT", 5, 6, 0.5, 7])
        sheet.cell(row, 2).number_format = "#,##0.00 [$€-407]"
        sheet.cell(row, 3).number_format = '"CHF" #,##0'
        sheet.cell(row, 4).number_format = "0.0%"
    assert read(saved(workbook)).grids[0].number_units == {1: "€", 2: "CHF", 3: "%"}


@pytest.mark.parametrize(
    ("code", "unit"),
    [
        ("#,##0.00 [$€-407]", "€"),
        ("[$EUR] #,##0", "EUR"),
        ("#,##0\\ [$zł-415]", "zł"),
        ('_-"£"* #,##0.00_-;\\-"£"* #,##0.00_-', "£"),
        ("[Red]$#,##0", "$"),
        ("[$-409]#,##0", None),
        ("0.0%", "%"),
        ('#,##0 "USD"', "USD"),
        ('0 "% of total"', None),
        ("#,##0.00;[Red]-#,##0.00 [$€]", None),
        ("[$-409]mmm yy", None),
        ("yyyy-mm-dd", None),
        ('"$"', None),
        ("General", None),
        ("[$ -409]0", None),
    ],
)
def test_a_number_format_tells_its_unit(code: str, unit: str | None) -> None:
    assert unit_of_format(code) == unit


def test_styles_that_are_missing_or_broken_tell_no_units() -> None:
    assert style_units(b"") == {}
    assert style_units(b"<styleSheet><numFmts>") == {}


def test_an_old_workbook_is_read() -> None:
    document = read(xls(label_record(0, 0, "Dept"), label_record(0, 1, "Amount"), number_record(1, 1, 1234.5)))
    assert document.file_format == "xls"
    assert [note.code for note in document.notes] == ["old_format"]
    assert document.grids[0].rows == [["Dept", "Amount"], ["", "1234.5"]]


def test_an_open_document_sheet_is_read_without_its_endless_blank_rows() -> None:
    document = read(
        ods(
            '<table:table-row><table:table-cell office:value-type="string"><text:p>IT</text:p></table:table-cell>'
            '<table:table-cell office:value-type="float" office:value="1.5"><text:p>1,5</text:p></table:table-cell>'
            '</table:table-row><table:table-row table:number-rows-repeated="1048575">'
            '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        )
    )
    assert (document.file_format, document.grids[0].rows) == ("ods", [["IT", "1.5"]])


def open_cell(attributes: str, shown: str = "") -> str:
    return f"<table:table-cell {attributes}>{f'<text:p>{shown}</text:p>' if shown else ''}</table:table-cell>"


_STRING = 'office:value-type="string"'
_NOUGHT = 'office:value-type="float" office:value="0"'
OPEN_TEXT = open_cell(_STRING, "IT")


@pytest.mark.parametrize(
    ("attributes", "shown", "row", "kinds"),
    [
        ('table:formula="of:=1/0" office:string-value="" calcext:value-type="error" ' + _STRING, "#N/A", ["#N/A"], "e"),
        ('table:formula="of:=[.A1]&gt;0" ' + _NOUGHT, "#REF!", ["#REF!"], "e"),
        ('table:formula="of:=[.A1]>0" ' + _NOUGHT, "Err:502", ["Err:502"], "e"),
        ('table:formula="of:=1+1"', "", [""], "f"),
        ('table:formula="of:=1-1" ' + _NOUGHT, "0", ["0"], "n"),
        ('table:number-columns-repeated="2" table:formula="of:=1+1"', "", ["", ""], "ff"),
    ],
)
def test_errors_and_formulas_without_a_value_of_an_open_document_are_told(
    attributes: str, shown: str, row: list[str], kinds: str
) -> None:
    cell = open_cell(attributes, shown)
    grid = read(ods(f"<table:table-row>{OPEN_TEXT}{cell}</table:table-row>")).grids[0]
    assert (grid.rows, grid.kinds) == ([["IT", *row]], ["t" + kinds])


def test_hidden_rows_and_units_of_an_open_document_are_told_by_sheet() -> None:
    money = open_cell('office:value-type="currency" office:currency="EUR" office:value="5"', "5 €")
    share = open_cell('office:value-type="percentage" office:value="0.05"', "5%")
    hidden = f'<table:table-row table:visibility="filter">{OPEN_TEXT}</table:table-row>'
    blank = '<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row>'
    shown = f"<table:table-row>{OPEN_TEXT}{money}{share}</table:table-row>"
    document = read(ods_of({"R&amp;D": shown + hidden + blank, "Ops": shown * 30}))
    assert [(grid.sheet, grid.hidden_rows, grid.number_units) for grid in document.grids] == [
        ("R&D", {1}, {1: "EUR", 2: "%"}),
        ("Ops", frozenset(), {1: "EUR", 2: "%"}),
    ]


def test_blank_rows_at_the_end_of_one_open_document_sheet_do_not_make_the_next_one_large() -> None:
    blank = '<table:table-row table:number-rows-repeated="1048575"><table:table-cell/></table:table-row>'
    wide = f"<table:table-row>{OPEN_TEXT * 20}</table:table-row>"
    document = read(ods_of({"First": wide + blank, "Second": wide + blank}))
    assert [len(grid.rows[0]) for grid in document.grids] == [20, 20]


def test_long_sheets_come_in_order() -> None:
    rows = "".join(f'<row r="{row}"><c r="A{row}"><v>{row}</v></c></row>' for row in range(1, 5001))
    document = cells(rows + '<row r="6000"><c r="A6000" t="e"><v>#N/A</v></c></row>')
    assert [row[0] for row in document.grids[0].rows[:5000]] == [str(row) for row in range(1, 5001)]
    assert document.grids[0].rows[5998:] == [[], ["#N/A"]]


def test_relations_and_parts_may_be_written_in_other_ways() -> None:
    relations = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" '
        'Target="/xl/worksheets/sheet1.xml"/></Relationships>'
    )
    content = raw_xlsx(
        sheet_xml('<row r="1"><c r="A1"><v>1</v></c><c r="B1" t="e"><v>#REF!</v></c></row>'),
        **{"xl/_rels/workbook.xml.rels": relations},
    )
    assert read(content).grids[0].rows == [["1", "#REF!"]]


@pytest.mark.parametrize("text", ["I_x0000_T", "I\0T"])
def test_a_cell_hands_no_nul_on_however_it_is_written(text: str) -> None:
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{text}</t></is></c></row>'
    assert cells(row).grids[0].rows == [["IT"]]
    assert read(xls(label_record(0, 0, "I\0T"))).grids[0].rows == [["IT"]]


def test_a_cell_longer_than_a_spreadsheet_program_writes_is_cut() -> None:
    row = f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"9" * 100_000}</t></is></c><c r="B1"><v>5</v></c></row>'
    (read_row,) = cells(row).grids[0].rows
    assert (len(read_row[0]), read_row[0][-1], read_row[1]) == (32_767, "…", "5")


def test_a_workbook_with_macros_is_read_as_one_without_and_nothing_of_them_is_run() -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/xl/workbook.xml"'
        ' ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'
    )
    row = '<row r="1"><c r="A1" t="inlineStr"><is><t>Budget</t></is></c><c r="B1"><v>12.5</v></c></row>'
    macros = {"[Content_Types].xml": types, "xl/vbaProject.bin": "Sub Auto_Open()"}
    assert read(raw_xlsx(sheet_xml(row), **macros)).grids[0].rows == [["Budget", "12.5"]]
