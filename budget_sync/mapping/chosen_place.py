"""Whether a file has the sheet and the row that somebody names: another one in its place would be read unseen.

In: the document, the names. Out: nothing, or the error for whoever named them.
"""

from budget_sync.domain.errors import InvalidRequestError
from budget_sync.reading.document import Document


def require_place(document: Document, sheet: str | None, header_row: int | None) -> None:
    """Stop where the place is not there.

    Raises:
        InvalidRequestError: the file has no such sheet, or no sheet of it such a row.
    """
    if sheet is not None and all(grid.sheet != sheet for grid in document.grids):
        raise InvalidRequestError(_no_such_sheet(document, sheet), field="sheet")
    grids = [grid for grid in document.grids if sheet is None or grid.sheet == sheet]
    rows = max((len(grid.rows) for grid in grids), default=0)
    if header_row is not None and header_row >= rows:
        raise InvalidRequestError(
            f"{document.file_name} has no row {header_row + 1} to take for the header; it ends with row {rows}.",
            field="headerRow",
        )


def _no_such_sheet(document: Document, sheet: str) -> str:
    there = ", ".join(repr(grid.sheet) for grid in document.grids if grid.sheet is not None)
    if there:
        return f"{document.file_name} has no sheet '{sheet}'. It has {there}."
    return f"{document.file_name} has no sheet '{sheet}'. It is no workbook; leave the sheet out."
