"""Text files of every dialect become the records that their author meant."""

from budget_sync.reading import read_document


def test_a_plain_file_gives_its_records_and_its_dialect() -> None:
    document = read_document(b"Department;Amount\nSales;1,5\nIT;2,5\n", "budget.csv")
    assert document.grids[0].rows == [["Department", "Amount"], ["Sales", "1,5"], ["IT", "2,5"]]
    assert (document.delimiter, document.encoding, document.file_format) == (";", "utf-8", "csv")


def test_blank_records_keep_their_place() -> None:
    document = read_document(b"Budget 2025\n\nDepartment,Amount\nSales,1\nIT,2\n", "budget.csv")
    assert document.grids[0].rows == [["Budget 2025"], [], ["Department", "Amount"], ["Sales", "1"], ["IT", "2"]]
