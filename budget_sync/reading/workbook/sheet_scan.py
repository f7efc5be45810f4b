"""One streaming pass over a sheet's XML tells what the parser of workbooks does not.

In: the pieces of a sheet. Out: ``SheetFacts`` (error cells, formulas without values, hidden rows, the units of
number formats), or the error that the sheet would burst the memory. It looks with byte patterns, not with an XML
parser, which would take ten times as long as reading the workbook itself.
"""

import re
from collections.abc import Iterable, Iterator, Mapping

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.reading.limits import Limits
from budget_sync.reading.workbook.sheet_facts import Place, SheetFacts

_UNIT_SAMPLE_BYTES = 4 * 1024 * 1024  # the columns' formats show in the first thousands of rows
_LONGEST_TAIL = 8 * 1024 * 1024
_NOTABLE_BOX = 4_000_000
_NEARLY_EMPTY = 1000  # a box with this many times more cells than are filled has a stray one, however small it is
_MOSTLY_EMPTY = 20  # of a box beyond the limit: a stray cell made it so, not the table
_COLUMNS_TO_Z = 26


def scan_sheet(pieces: Iterable[bytes], sheet: str, style_units: Mapping[bytes, str], limits: Limits) -> SheetFacts:
    """The facts of one sheet; ``style_units`` maps a cell style's number to the unit it shows.

    Raises:
        UnreadableFileError: a cell far outside the table makes the sheet too large to hold (``stray_cell``), or
            it has more cells than the limits allow (``too_large``).
    """
    facts = SheetFacts()
    patterns: _Patterns | None = None
    seen = 0
    for part in _whole_cells(pieces):
        patterns = patterns or _Patterns(_prefix(part), style_units)
        _measure(part, facts, patterns)
        _mark(part, facts, patterns)
        if patterns.unit and seen < _UNIT_SAMPLE_BYTES:
            for style, attributes in patterns.unit.findall(part):
                if place := patterns.place(attributes):
                    facts.count_unit(place[1], style_units[style])
        seen += len(part)
        _refuse_burst(facts, sheet, limits)
    return facts


def column_number(letters: bytes) -> int:
    """0-based number of a column such as ``A`` or ``XFD``."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1


class _Patterns:
    """The byte patterns for one sheet, whose elements may bear a namespace prefix, and attributes in any order."""

    def __init__(self, prefix: bytes, style_units: Mapping[bytes, str]) -> None:
        self.cell_end = b"</" + prefix + b"c>"
        self.cell_start = b"<" + prefix + b"c "
        self.value_marks = (b"<" + prefix + b"v", b"<" + prefix + b"is")
        self.formula_mark = b"<" + prefix + b"f"
        self.position = re.compile(rb"""\br\s*=\s*["']([A-Z]{1,3})([0-9]{1,7})["']""")
        # It begins with letters, which are looked for eight times as fast as the \b that then looks back at them.
        self.beyond_z = re.compile(rb"""r=(?<=\br=)["']([A-Z]{2,3})[0-9]{1,7}["'][^>]*(?<!/)>""")
        self.text_type = re.compile(rb"""\bt\s*=\s*["']str["']""")
        formula = rb"<%bf\b[^>]*?(?:/>|>[^<]*</%bf>)\s*" % (prefix, prefix)
        error_cell = rb"""<%bc(?=[^>]*\st\s*=\s*["']e["'])(\s[^>]*)>\s*""" % prefix
        self.error = re.compile(error_cell + rb"(?:%b)?<%bv[^>]*>([^<]{1,40})<" % (formula, prefix))
        no_value = rb"(<%bv\b[^>]*?(?:/>|>\s*</%bv>))?\s*" % (prefix, prefix)
        self.unvalued = re.compile(rb"<%bc(\s[^>]*)?>\s*%b%b</%bc>" % (prefix, formula, no_value, prefix))
        self.hidden = re.compile(
            rb"""<%brow\b(?=[^>]*\bhidden=["'](?:1|true)["'])[^>]*\br=["']([0-9]{1,7})["']""" % prefix
        )
        styles = b"|".join(style_units)
        unit_cell = rb"""<%bc(?=[^>]*\ss\s*=\s*["'](%b)["'])(\s[^>]*)(?<!/)>""" % (prefix, styles)
        self.unit = re.compile(unit_cell) if styles else None

    def place(self, attributes: bytes) -> Place | None:
        """Row and column of a cell; None where it does not tell them."""
        found = self.position.search(attributes)
        return (int(found.group(2)) - 1, column_number(found.group(1))) if found else None


def _prefix(part: bytes) -> bytes:
    found = re.search(rb"<(\w+:)?(?:worksheet|sheetData|row)\b", part)
    return (found.group(1) or b"") if found else b""


def _whole_cells(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes, cut between rows or at least between cells."""
    tail = b""
    for piece in pieces:
        joined = tail + piece
        cut = max(joined.rfind(b"row>"), joined.rfind(b"c>")) + 1 or joined.rfind(b"<") + 1
        if cut <= 1 and len(joined) < _LONGEST_TAIL:
            tail = joined
            continue
        cut = joined.find(b">", cut) + 1 or len(joined)
        yield joined[:cut]
        tail = joined[cut:]
    if tail:
        yield tail


def _measure(part: bytes, facts: SheetFacts, patterns: _Patterns) -> None:
    """How far the filled cells reach. Rows stand in order, so the last filled cell of a part tells the row."""
    facts.filled_cells += sum(part.count(mark) for mark in patterns.value_marks)
    end = part.rfind(patterns.cell_end)
    start = part.rfind(patterns.cell_start, 0, end)
    if end >= 0 and start >= 0 and (found := patterns.position.search(part, start, end)):
        facts.last_row = max(facts.last_row, int(found.group(2)) - 1)
        facts.last_column = max(facts.last_column, column_number(found.group(1)))
    beyond = set(patterns.beyond_z.findall(part))
    facts.last_column = max(facts.last_column, *map(column_number, beyond), 0)


def _mark(part: bytes, facts: SheetFacts, patterns: _Patterns) -> None:
    if b'"e"' in part or (b"'" in part and b"'e'" in part):
        for attributes, text in patterns.error.findall(part):
            facts.mark_error(patterns.place(attributes), text.decode("utf-8", "replace"))
    if patterns.formula_mark in part:
        for attributes, value in patterns.unvalued.findall(part):
            if value and patterns.text_type.search(attributes):  # as the empty text of ``=""`` is stored
                facts.count_empty_text(patterns.place(attributes))
            else:
                facts.mark_unvalued(patterns.place(attributes))
    if b"hidden=" in part:
        facts.hidden_rows.update(int(row) - 1 for row in patterns.hidden.findall(part))


def _refuse_burst(facts: SheetFacts, sheet: str, limits: Limits) -> None:
    """The parser holds every cell up to the last row and column, filled or not."""
    box = (facts.last_row + 1) * max(facts.last_column + 1, _COLUMNS_TO_Z)
    nearly_empty = box > _NOTABLE_BOX and box > _NEARLY_EMPTY * facts.filled_cells
    if box <= limits.cells and not nearly_empty:
        return
    if nearly_empty or box > _MOSTLY_EMPTY * facts.filled_cells:
        where = f"row {facts.last_row + 1}, column {facts.last_column + 1}"
        raise UnreadableFileError(
            f"Sheet '{sheet}' has a stray cell far outside its table ({where}). Delete the unused rows and columns "
            "behind the table and save it again.",
            reason="stray_cell",
            sheet=sheet,
            row=facts.last_row + 1,
            column=facts.last_column + 1,
        )
    raise UnreadableFileError(
        f"Sheet '{sheet}' has {box:,} cells, more than the {limits.cells:,} that are read. Split it, or send "
        "it as .csv.",
        reason="too_large",
        sheet=sheet,
        cells=box,
    )
