"""Text files of every dialect become the records that their author meant."""

import pytest

from budget_sync.reading import Document, read_document
from budget_sync.reading.text.dialect import Dialect
from budget_sync.reading.text.effort import Effort
from budget_sync.reading.text.records import tolerant_records

TABLE = [
    ["Department", "Category", "Amount"],
    ["Sales", "Travel, trade fairs", "1200.50"],
    ["IT", 'The "new" laptops', "3400"],
    ["Legal", "Advice\nand courts", "560.25"],
    ["Facilities", "", "78"],
]


def written(rows: list[list[str]], *, delimiter: str = ",", quote: str = '"', escape: str = "", end: str = "\n") -> str:
    def cell(text: str) -> str:
        if not any(mark in text for mark in (delimiter, quote, "\n")):
            return text
        return quote + text.replace(quote, (escape or quote) + quote).replace("\n", end) + quote

    return "".join(delimiter.join(map(cell, row)) + end for row in rows)


def read(content: str | bytes, encoding: str = "utf-8") -> Document:
    return read_document(content if isinstance(content, bytes) else content.encode(encoding), "budget.csv")


def rows_of(content: str | bytes) -> list[list[str]]:
    return read(content).grids[0].rows


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|", ":", "^", "~", ", ", "\t\t", "\\t"])
def test_every_delimiter_is_recognised(delimiter: str) -> None:
    assert rows_of(written(TABLE * 3, delimiter=delimiter)) == TABLE * 3


def test_words_separated_by_single_spaces_are_a_table_when_all_rows_agree() -> None:
    assert rows_of("Sales 1200 EUR\nIT 3400 EUR\nLegal 560 EUR\n")[1] == ["IT", "3400", "EUR"]


def test_prose_is_not_split_at_its_spaces() -> None:
    assert rows_of("This is a letter.\nIt holds no table at all\nand ends here\n")[0] == ["This is a letter."]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r", "\r\r\n"])
def test_every_line_end_is_understood(end: str) -> None:
    assert rows_of(written(TABLE, end=end)) == TABLE


def test_line_ends_may_be_mixed_in_one_file() -> None:
    assert rows_of("a,b\r\n1,2\n3,4\r5,6\n") == [["a", "b"], ["1", "2"], ["3", "4"], ["5", "6"]]


def test_single_quotes_may_enclose_cells() -> None:
    assert rows_of(written(TABLE, quote="'")) == TABLE


def test_a_backslash_may_escape_a_quote() -> None:
    assert rows_of(written(TABLE, escape="\\")) == TABLE


def test_a_path_that_ends_in_a_backslash_is_text_in_a_file_with_escapes() -> None:
    rows = rows_of('Name,Path,Amount\n"say \\"x\\"",a,1\nIT,"C:\\dir\\",2\n"b",c,3\n')
    assert rows[2] == ["IT", "C:\\dir\\", "2"]


def test_an_escape_far_behind_the_sample_is_understood() -> None:
    rows = rows_of(written([["Name", "Text", "Amount"]] + [["a", "b", "1"]] * 500) + 'c,"say \\"x, y\\" z",2\n')
    assert rows[-1] == ["c", 'say "x, y" z', "2"]


def test_a_line_that_names_the_delimiter_is_obeyed_and_keeps_its_number() -> None:
    document = read("sep=;\nDepartment;Amount\nSales;1,5\n")
    assert document.grids[0].rows == [[], ["Department", "Amount"], ["Sales", "1,5"]]
    assert [note.code for note in document.notes] == ["declared_delimiter"]


def test_a_declared_delimiter_that_no_line_uses_leaves_one_column() -> None:
    assert rows_of("sep=;\nDepartment\nSales\n") == [[], ["Department"], ["Sales"]]


def test_blank_records_and_titles_keep_their_place() -> None:
    rows = rows_of("Budget 2025\n\n   \nDepartment,Amount\nSales,1\nIT,2\n")
    assert rows == [["Budget 2025"], [], [], ["Department", "Amount"], ["Sales", "1"], ["IT", "2"]]


def test_a_stray_quote_is_kept_as_text_and_noted_with_its_row() -> None:
    document = read('Name,Size,Amount\nA,"20 inch,1\nB,15"x3,2\nC,x,3\nD,"a,b",4\n')
    assert document.grids[0].rows[1:3] == [["A", '"20 inch', "1"], ["B", '15"x3', "2"]]
    assert document.grids[0].rows[4] == ["D", "a,b", "4"]
    assert [(note.code, note.row) for note in document.notes] == [("row_repaired", 1)]


def test_an_extra_quote_within_an_enclosed_cell_is_kept() -> None:
    rows = rows_of('"Name","Text","Amount"\n""A","x","1"\n"B","y "z" y","2"\n"C","w","3"\n')
    assert rows[1:3] == [['"A', "x", "1"], ["B", 'y "z" y', "2"]]


def test_a_quote_that_is_never_closed_costs_only_its_row() -> None:
    document = read('Name,Amount\nA,1\n"B,2,3\nC,3\nD,4\n')
    assert document.grids[0].rows[2:] == [['"B', "2", "3"], ["C", "3"], ["D", "4"]]
    assert document.notes[0].row == 2


def test_a_row_written_with_another_delimiter_is_read_and_noted() -> None:
    document = read("Name,Place,Amount\nA,x,1\nB;y;2\nC,z,3\n")
    assert document.grids[0].rows[2] == ["B", "y", "2"]
    assert "another delimiter" in document.notes[0].message


def test_prose_with_other_delimiters_stays_a_note() -> None:
    text = "Name,Place,Amount\nA,x,1\nSources: the ledger; the payroll; others\nC,z,3\n"
    assert rows_of(text)[2] == ["Sources: the ledger; the payroll; others"]


@pytest.mark.parametrize("row", ["'B','y','2'", "'B, C','y','2'"])
def test_a_row_written_with_another_quote_is_read_and_noted(row: str) -> None:
    document = read(f'"Name","Place","Amount"\n"A","x","1"\n{row}\n"C","z","3"\n')
    assert document.grids[0].rows[2][1:] == ["y", "2"]
    assert "another quotation mark" in document.notes[0].message


def test_rows_of_other_widths_are_kept_and_noted() -> None:
    document = read("a,b,c\n1,2,3\n1,2\n1,2,3,4\n1,2,3\n")
    assert document.grids[0].rows[2:4] == [["1", "2"], ["1", "2", "3", "4"]]
    assert [(note.code, note.row) for note in document.notes] == [("row_width", 2), ("row_width", 3)]


def test_delimiters_behind_the_last_column_are_cut() -> None:
    assert rows_of("a,b\n1,2,,\n3,4\n5,6\n")[1] == ["1", "2"]


def test_notes_do_not_grow_with_the_file() -> None:
    document = read("a,b,c\n" + "1,2,3\n" * 300 + "1,2\n" * 250)
    assert len(document.notes) == 101
    assert document.notes[-1].message == "150 more rows were like these."


def test_a_cell_over_several_lines_is_one_cell() -> None:
    text = 'Name,Text,Amount\nA,"first line,\n\nthird line",1\n'
    assert rows_of(text + "B,x,2\n" * 3)[1] == ["A", "first line,\n\nthird line", "1"]


def test_prose_over_several_lines_in_a_narrow_table_is_one_cell() -> None:
    assert rows_of('Name,Text\nA,"rent\nand heating, too"\nB,c\nC,d\n')[1] == ["A", "rent\nand heating, too"]


def test_a_stray_quote_does_not_swallow_the_rows_up_to_the_next_one() -> None:
    rows = rows_of('a,b,c\n1,"2,3\n4,5,6\n7,8",9\n' + "1,2,3\n" * 5)
    assert rows[1:4] == [["1", '"2', "3"], ["4", "5", "6"], ["7", '8"', "9"]]


def test_indented_labels_keep_their_indent() -> None:
    assert rows_of("Line;Amount\nStaff;3\n  Salaries;1\n  Travel;2\n")[2] == ["  Salaries", "1"]


def test_zero_bytes_are_dropped() -> None:
    assert rows_of(b"a,b\n1\0,2\n" + b"3,4\n" * 50)[1] == ["1", "2"]


def test_a_million_character_cell_is_read() -> None:
    assert rows_of("a,b\n" + "x" * 1_000_000 + ",2\n")[1][1] == "2"


def test_the_format_follows_the_delimiter() -> None:
    assert [read(text).file_format for text in ("a\tb\n1\t2\n", "a,b\n1,2\n")] == ["tsv", "csv"]


@pytest.mark.parametrize("row", ['x,"a b c,d\n', 'x,"a""b,d\n', 'x,"a\\",b,c\n', 'x,"a,b\nq",c",d\n'])
def test_a_file_that_is_bad_in_every_row_is_given_up_to_in_time(row: str) -> None:
    rows = rows_of("a,b,c,d\n" + "1,2,3,4\n" * 30 + row * 3000)
    assert len(rows) >= 3000


def test_mending_ends_with_the_effort_that_is_left() -> None:
    lines = ["a,b,c\n", '1,"2,3\n', "4,5,6\n", '7,8",9\n']
    dialect = Dialect(width=3)
    assert [record.cells for record in tolerant_records(lines, dialect, Effort(0))][1] == ["1", '"2', "3"]


def test_a_space_that_follows_each_delimiter_belongs_to_it() -> None:
    assert rows_of("Dept, Line, Amount\nIT, Rent, 5\nHR, Travel, 6\n")[1] == ["IT", "Rent", "5"]


def test_a_table_separated_by_spaces_keeps_its_enclosed_cells() -> None:
    assert rows_of('Sales "first half" 1200\nIT "second half" 3400\nLegal "all year" 560\n')[1][1] == "second half"


def test_cells_over_very_many_lines_do_not_hide_the_table() -> None:
    minutes = "\n".join(f"Speaker {number}: we need more, and soon." for number in range(90))
    table = [["id", "name", "amount", "minutes"]] + [[str(number), "x", "5", minutes] for number in range(8)]
    assert rows_of(written(table)) == table


def test_a_sample_that_ends_within_a_long_cell_is_enough() -> None:
    long_cell = "\n".join(f"Speaker {number}: more, and soon." for number in range(150))
    table = [["id", "name", "amount", "minutes"]] + [["1", "x", "5", "y"]] * 300 + [["1", "x", "5", long_cell]] * 3
    assert rows_of(written(table)) == table
