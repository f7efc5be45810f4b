"""Labels that stand in merged cells are repeated in the cells that they label."""

from collections.abc import Iterable, Sequence

from budget_sync.reading.document import MergedRange

_YEARS = range(1900, 2101)
_WHOLE_WIDTH = 0.8
_LONGEST_FILL = 100_000  # cells of one range; a merge over whole columns is formatting, not a label


def fill_merged_labels(rows: Sequence[list[str]], kinds: list[str], merges: Iterable[MergedRange]) -> None:
    """Repeat merged labels in place.

    Down a merged column of text (a department over its lines), and in the header's rows also to the right (a year
    over its months). An amount is never repeated, nor a title over the whole sheet.
    """
    merges = list(merges)
    if not merges:
        return
    width = max(map(len, rows), default=0)
    body = next((number for number in range(len(rows)) if _has_amount(rows[number], kinds[number])), len(rows))
    for merge in merges:
        if merge.top >= len(rows) or merge.left >= len(rows[merge.top]):
            continue
        in_header = merge.top < body
        right = merge.right if in_header and not _is_title(rows[merge.top], merge, width) else merge.left
        bottom = min(merge.bottom, len(rows) - 1, body - 1 if in_header else merge.bottom)
        if (bottom - merge.top + 1) * (right - merge.left + 1) <= _LONGEST_FILL:
            _fill(rows, kinds, MergedRange(merge.top, merge.left, bottom, right), in_header=in_header)


def _fill(rows: Sequence[list[str]], kinds: list[str], cells: MergedRange, *, in_header: bool) -> None:
    text, kind = rows[cells.top][cells.left], kinds[cells.top][cells.left]
    if not text or not (kind == "t" or (in_header and (kind == "d" or _is_year(text)))):
        return
    for number in range(cells.top, cells.bottom + 1):
        row, letters = rows[number], kinds[number]
        row.extend([""] * (cells.right + 1 - len(row)))
        letters = letters.ljust(len(row))
        for column in range(cells.left, cells.right + 1):
            if not row[column]:
                row[column] = text
                letters = letters[:column] + kind + letters[column + 1 :]
        kinds[number] = letters


def _has_amount(row: list[str], kinds: str) -> bool:
    return "n" in kinds and any(kind == "n" and not _is_year(text) for text, kind in zip(row, kinds, strict=True))


def _is_year(text: str) -> bool:
    return text.isdecimal() and len(text) == len("2025") and int(text) in _YEARS


def _is_title(row: list[str], merge: MergedRange, width: int) -> bool:
    """Whether the range is the only filled cell of its row, at its left or over most of the sheet's width."""
    if merge.right - merge.left + 1 >= _WHOLE_WIDTH * width:
        return True
    alone = not any(text for column, text in enumerate(row) if not merge.left <= column <= merge.right)
    return alone and not any(row[: merge.left]) and merge.left == 0
