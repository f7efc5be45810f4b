"""The bytes of a workbook become a document; the parsing itself happens in a child process."""

from collections.abc import Iterable

from budget_sync.domain.cell_names import cell_name
from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading.document import Document, Grid, Note
from budget_sync.reading.limits import Limits
from budget_sync.reading.workbook.merged_labels import fill_merged_labels
from budget_sync.reading.workbook.messages import ParseRequest, SheetOpened, SheetRows, WorkbookOpened
from budget_sync.reading.workbook.process import ask_child

_PLACES_NAMED = 5
_OLD_FORMAT = Note(
    "old_format",
    "In a workbook of this old format (.xls) cells with an error value and formulas without a stored value are read as "
    "empty; hidden rows and the units of number formats cannot be told. Where it has any, save it as .xlsx.",
)


def read_workbook_document(content: bytes, file_name: str, limits: Limits, *, is_archive: bool) -> Document:
    """The document of a workbook, every worksheet a grid.

    Raises:
        UnreadableFileError: the workbook cannot be read, or no sheet of it holds anything (``empty``).
    """
    return assembled(file_name, ask_child(ParseRequest(content, is_archive, limits)))


def assembled(file_name: str, answers: Iterable[WorkbookOpened | SheetOpened | SheetRows]) -> Document:
    """The document that the answers to a request make, with its merged labels filled and its notes."""
    grids: list[Grid] = []
    rows: list[list[str]] = []
    kinds: list[str] = []
    file_format = ""
    notes: list[Note] = []
    for message in answers:
        if isinstance(message, SheetOpened):
            rows, kinds = [], []
            grids.append(_grid(message, rows, kinds))
            notes += message.notes
        elif isinstance(message, SheetRows):
            rows += message.rows
            kinds += message.kinds
        else:
            file_format = message.file_format
    if not any(grid.rows for grid in grids):
        raise UnreadableFileError("The workbook holds no filled cell. Send one with a header and rows.", reason="empty")
    for grid in grids:
        fill_merged_labels(grid.rows, grid.kinds or [], grid.merges)
    if file_format == "xls":
        notes.append(_OLD_FORMAT)
    notes = [note for grid in grids for note in _notes(grid)] + notes
    return Document(file_name, file_format, grids, notes=notes)


def _grid(sheet: SheetOpened, rows: list[list[str]], kinds: list[str]) -> Grid:
    return Grid(
        rows,
        sheet.name,
        kinds,
        sheet.hidden,
        merges=sheet.merges,
        hidden_rows=frozenset(sheet.hidden_rows),
        number_units=sheet.number_units,
    )


def _notes(grid: Grid) -> list[Note]:
    """What a person should know of one sheet."""
    notes = []
    if grid.hidden:
        notes.append(Note("hidden_sheet", f"Sheet '{grid.sheet}' is hidden.", sheet=grid.sheet))
    if count := sum(row < len(grid.rows) for row in grid.hidden_rows):
        notes.append(
            Note("hidden_rows", f"Sheet '{grid.sheet}' has {count} hidden rows; they are read too.", sheet=grid.sheet)
        )
    notes += _marked_cells(grid, "e", "error_cells", "error values")
    notes += _marked_cells(grid, "f", "formulas_without_value", "formulas without a stored value")
    return notes


def _marked_cells(grid: Grid, kind: str, code: str, what: str) -> list[Note]:
    places = [
        (f"{grid.rows[row][column]} at ".lstrip() if kind == "e" else "") + cell_name(row, column)
        for row, letters in enumerate(grid.kinds or ())
        if kind in letters
        for column, letter in enumerate(letters)
        if letter == kind
    ]
    if not places:
        return []
    more = f" and {len(places) - _PLACES_NAMED} more" if len(places) > _PLACES_NAMED else ""
    named = ", ".join(places[:_PLACES_NAMED]) + more
    return [Note(code, f"Sheet '{grid.sheet}' has {what}: {named}.", sheet=grid.sheet)]
