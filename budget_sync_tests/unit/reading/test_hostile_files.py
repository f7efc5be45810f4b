"""What is no table, or means harm, is refused by name, with the way out."""

import io
import zipfile
from collections.abc import Iterator

import pytest
from openpyxl import Workbook

from budget_sync.domain.amount_text import is_amount_like
from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading import Document, read_document
from budget_sync.reading.limits import Limits
from budget_sync.reading.workbook.messages import ParseRequest
from budget_sync.reading.workbook.sheets import parse_workbook
from budget_sync_tests.unit.reading.workbooks import (
    SHEET_END,
    SHEET_START,
    label_record,
    ods,
    raw_xlsx,
    saved,
    sheet_xml,
    xls,
    zipped,
)

OLE = b"\xd0\xcf\x11\xe0"
GOOD_ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>IT</t></is></c><c r="B1"><v>5</v></c></row>'
GOOD = raw_xlsx(sheet_xml(GOOD_ROW))
EXTERNAL_ENTITY = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;">]>'


def refused(content: bytes, *, name: str = "budget.xlsx", limits: Limits | None = None) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as refusal:
        read_document(content, name, limits=limits or Limits())
    return refusal.value


def read(content: bytes) -> Document:
    return read_document(content, "budget.csv")


NO_TABLES = [
    (b"", "empty", "is empty"),
    (b"\xef\xbb\xbf \r\n\t\n", "empty", "is empty"),
    (b"%PDF-1.7\n%\xe2\xe3", "pdf", "PDF document"),
    (b"<!DOCTYPE html><html><table><tr><td>1</td></tr></table></html>", "web_page", "web page"),
    (b"\xef\xbb\xbf\r\n<?xml version='1.0'?> <html xmlns='x'>", "web_page", "web page"),
    ("\ufeff<table><tr><td>1".encode("utf-16"), "web_page", "web page"),
    (
        b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet">',
        "xml_2003",
        "Excel 2003",
    ),
    (b"<?xml version='1.0'?><budget/>", "xml", "XML file"),
    (b'[{"department": "IT", "amount": 5}]', "json", "JSON file"),
    (b"{\\rtf1 Budget}", "rtf", "RTF"),
    (b"\x89PNG\r\n\x1a\n", "image", "picture"),
    (b"\x1f\x8b\x08\0\0", "archive", "compressed archive"),
    (b"PAR1\x15\x04", "binary", "columnar"),
    (b"\x09\x04\x06\x00\x00\x00\x10\x00", "old_workbook", "Excel 4"),
    (bytes(range(256)) * 16, "binary", "neither a workbook nor"),
    (b"\x01\x02\0\0" * 2000, "binary", "neither a workbook nor"),
    (zipped(word__document_xml="<w/>"), "document", "Word"),
    (zipped(ppt__presentation_xml="<p/>"), "document", "presentation"),
    (zipped(Index__Document_iwa=""), "numbers", "Apple Numbers"),
    (zipped(**{"xl__workbook.bin": ""}), "xlsb", ".xlsb"),
    (zipped(**{"budget.csv": "a,b"}), "archive", "Unpack it"),
    (b"PK\x05\x06" + bytes(18), "archive", "Unpack it"),
    (ods("", mimetype="application/vnd.oasis.opendocument.text"), "document", "OpenDocument"),
    (ods("", **{"META-INF/manifest.xml": "<encryption-data/>"}), "password", "password"),
    (xls(stream="EncryptedPackage"), "password", "Remove the password"),
    (xls(stream="WordDocument"), "document", "another kind"),
    (xls(label_record(0, 0, "IT"))[:800], "damaged", "cut short"),
    (xls(label_record(0, 0, "IT"), globals_=((0x002F, b"\x01\x00\x01\x00" + bytes(50)),)), "password", "password"),
    (GOOD[:-200], "damaged", "damaged or was cut short"),
    (b"PK\x03\x04 and no more", "damaged", "damaged or was cut short"),
    (raw_xlsx("no markup <<<"), "damaged", "damaged"),
    (raw_xlsx(sheet_xml(GOOD_ROW), **{"xl/workbook.xml": "<workbook"}), "damaged", "damaged"),
    (raw_xlsx(sheet_xml(GOOD_ROW), before=EXTERNAL_ENTITY), "entities", "entities"),
    (raw_xlsx(sheet_xml(GOOD_ROW), strings=EXTERNAL_ENTITY + "<sst/>"), "entities", "entities"),
    (raw_xlsx(sheet_xml(GOOD_ROW), before=LAUGHS), "entities", "entities"),
    (raw_xlsx(sheet_xml(GOOD_ROW), strings=LAUGHS + "<sst><si><t>&c;</t></si></sst>"), "entities", "entities"),
]


@pytest.mark.parametrize(("content", "reason", "says"), NO_TABLES)
def test_what_is_no_table_is_refused_by_name(content: bytes, reason: str, says: str) -> None:
    error = refused(content)
    assert (error.reason, says in error.message) == (reason, True), error.message


@pytest.mark.parametrize(
    ("content", "reason"), [(content, reason) for content, reason, _ in NO_TABLES if content.startswith((b"PK", OLE))]
)
def test_a_workbook_is_refused_by_the_same_rules_without_a_child(content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFileError) as refusal:
        list(parse_workbook(ParseRequest(content, is_archive=content.startswith(b"PK"), limits=Limits())))
    assert refusal.value.reason == reason


def test_entities_in_utf16_are_refused_too() -> None:
    buffer = io.BytesIO(GOOD)
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/theme.xml", EXTERNAL_ENTITY.encode("utf-16"))
    assert refused(buffer.getvalue()).reason == "entities"


def test_a_workbook_named_csv_is_read_as_what_it_is() -> None:
    document = read_document(GOOD, "budget.csv")
    assert (document.file_format, document.grids[0].rows) == ("xlsx", [["IT", "5"]])


def test_a_text_file_named_xlsx_is_read_as_what_it_is() -> None:
    assert read_document(b"a,b\n1,2\n", "budget.xlsx").file_format == "csv"


def test_an_encrypted_archive_is_refused() -> None:
    marked = bytearray(GOOD)
    place = marked.find(b"PK\x01\x02")
    marked[place + 8] |= 1
    assert refused(bytes(marked)).reason == "password"


def test_a_part_whose_bytes_were_changed_is_damaged() -> None:
    changed = bytearray(GOOD)
    start = changed.find(b"xl/worksheets/sheet1.xml")
    changed[start + 60] ^= 0xFF
    assert refused(bytes(changed)).reason == "damaged"


def test_a_bomb_of_a_gigabyte_and_a_half_is_not_opened() -> None:
    blank = [b" " * (1 << 20)] * 1500
    error = refused(raw_xlsx([SHEET_START.encode(), *blank, SHEET_END.encode()]))
    assert (error.reason, "unpacks to 1500 MB" in error.message) == ("zip_bomb", True)


def test_a_stray_cell_in_the_last_corner_is_named() -> None:
    error = refused(raw_xlsx(sheet_xml(GOOD_ROW + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>')))
    assert (error.reason, error.details["row"], error.details["column"]) == ("stray_cell", 1048576, 16384)


def test_a_stray_cell_in_the_last_row_is_named() -> None:
    error = refused(raw_xlsx(sheet_xml(GOOD_ROW + '<row r="1048576"><c r="A1048576"><v>1</v></c></row>')))
    assert (error.reason, error.details["column"]) == ("stray_cell", 1)


def test_repeated_cells_of_an_open_document_are_counted_before_they_are_written_out() -> None:
    filled = '<table:table-cell table:number-columns-repeated="1024" office:value-type="float" office:value="1"/>'
    error = refused(ods(f'<table:table-row table:number-rows-repeated="1048576">{filled}</table:table-row>'))
    assert (error.reason, error.details["row"]) == ("stray_cell", 1048576)


def rows(count: int, row: str) -> Iterator[bytes]:
    yield SHEET_START.encode()
    for start in range(1, count + 1, 10_000):
        yield "".join(row.format(number) for number in range(start, min(start + 10_000, count + 1))).encode()
    yield SHEET_END.encode()


def test_a_million_empty_styled_rows_are_no_table_and_no_harm() -> None:
    error = refused(raw_xlsx(rows(1_000_000, '<row r="{0}" s="1"><c r="A{0}" s="1"/></row>')))
    assert error.reason == "empty"


def test_more_cells_than_the_limit_are_refused() -> None:
    content = raw_xlsx(rows(2000, '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="B{0}"><v>2</v></c></row>'))
    assert refused(content, limits=Limits(cells=3000)).reason == "too_large"


def test_huge_shared_strings_end_the_child_and_nothing_else() -> None:
    strings = "<sst><si><t>" + "x" * 1_000_000 + "</t></si></sst>"
    content = raw_xlsx(rows(5000, '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c></row>'), strings=strings)
    assert refused(content, limits=Limits(memory=300 * 1024**2)).reason == "too_large"
    assert read(GOOD).grids[0].rows == [["IT", "5"]]


def test_more_text_than_the_limit_is_refused() -> None:
    strings = "<sst><si><t>" + "x" * 30_000 + "</t></si></sst>"
    content = raw_xlsx(rows(5000, '<row r="{0}"><c r="A{0}" t="s"><v>0</v></c></row>'), strings=strings)
    assert refused(content, limits=Limits(text=1024**2)).reason == "too_large"


def test_a_cell_reference_that_breaks_the_parser_costs_only_its_file() -> None:
    content = raw_xlsx(sheet_xml('<row r="1"><c r="A1" t="s"><v>99999</v></c><c r="ZZZZ9"><v>1</v></c></row>'))
    assert refused(content).reason == "damaged"
    assert read(GOOD).grids[0].rows == [["IT", "5"]]


def test_a_workbook_that_takes_too_long_is_given_up() -> None:
    content = raw_xlsx(rows(200_000, '<row r="{0}"><c r="A{0}"><v>1</v></c><c r="B{0}"><v>2</v></c></row>'))
    error = refused(content, limits=Limits(seconds=0.05))
    assert (error.reason, "0.05 seconds" in error.message) == ("too_slow", True)
    assert read(GOOD).grids[0].rows == [["IT", "5"]]


def parse_here(content: bytes, limits: Limits) -> UnreadableFileError:
    with pytest.raises(UnreadableFileError) as refusal:
        list(parse_workbook(ParseRequest(content, is_archive=True, limits=limits)))
    return refusal.value


def test_a_dense_sheet_beyond_the_limit_is_too_large_and_has_no_stray_cell() -> None:
    wide = "".join(f'<c r="{letter}{{0}}"><v>1</v></c>' for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    content = raw_xlsx(rows(100, '<row r="{0}">' + wide + "</row>"))
    assert parse_here(content, Limits(cells=1000)).reason == "too_large"


def test_the_cells_of_all_sheets_count_together() -> None:
    workbook = Workbook()
    for sheet in (workbook.worksheets[0], workbook.create_sheet("Second")):
        for number in range(100):
            sheet.append([number] * 26)
    error = parse_here(saved(workbook), Limits(cells=3000))
    assert (error.reason, error.details["sheet"]) == ("too_large", "Second")


def test_one_sheet_in_one_endless_cell_is_looked_over_in_pieces() -> None:
    endless = '<row r="1"><c r="A1" t="inlineStr"><is><t>' + "x" * 20_000_000 + "</t></is></c></row>"
    messages = list(parse_workbook(ParseRequest(raw_xlsx(sheet_xml(endless)), is_archive=True, limits=Limits())))
    assert len(messages) == 3


def test_entities_in_a_part_of_an_open_document_are_refused() -> None:
    content = ods("", **{"styles.xml": EXTERNAL_ENTITY})
    assert parse_here(content, Limits()).reason == "entities"


def test_an_open_document_whose_first_parts_are_damaged_is_refused() -> None:
    changed = bytearray(ods(""))
    changed[changed.find(b"application/vnd")] ^= 0xFF
    assert parse_here(bytes(changed), Limits()).reason == "damaged"


def test_a_text_file_of_more_lines_than_a_sheet_has_rows_is_refused() -> None:
    content = b"Department,Amount\n" + b"IT,5\n" * 20
    assert len(read(content).grids[0].rows) == 21
    error = refused(content, limits=Limits(lines=20))
    assert error.reason == "too_large"
    assert "21 lines; at most 20" in error.message


@pytest.mark.parametrize("amount", ["1" + " " * 40_000 + "1", "9" * 40_000, '"1\n' + "0" * 40_000 + '"'])
def test_a_cell_longer_than_any_of_a_workbook_is_cut_and_is_no_amount(amount: str) -> None:
    document = read(f"Department,Amount\nIT,5\nHR,{amount}\nOps,7\n".encode())
    rows = document.grids[0].rows
    assert (rows[1], rows[3]) == (["IT", "5"], ["Ops", "7"])
    assert (len(rows[2][1]), rows[2][1][-1]) == (32_767, "…")
    assert not is_amount_like(rows[2][1])
    assert [(note.code, note.row) for note in document.notes] == [("cell_cut", 2)]
