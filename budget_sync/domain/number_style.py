"""How one column writes numbers: which sign is the decimal one, decided once by all its cells.

In: the text cells of a column. Out: ``NumberStyle``.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from budget_sync.domain.amount_pattern import ALL_PLAINLY_DECIMAL, GROUPED, PLAINLY_DECIMAL, match_amount, plain_digits

_STRAYS = 0.1  # a year among the amounts says nothing of how they are written
_AT_ONCE = 10_000  # cells
_SEVERAL = 3  # of decimals that a machine writes, one in ten has less than three figures
_SETTLED_BY = 5  # so many cells like 1,234 and no other: nobody writes three decimals everywhere


@dataclass(frozen=True, slots=True)
class NumberStyle:
    """How one column writes numbers.

    ``decimal``: ``.`` or ``,``. ``group``: what stands between thousands, '' where nothing does.
    ``ambiguous``: nothing but a few cells such as ``1,234`` spoke, so that thousands are a guess.
    """

    decimal: str = "."
    group: str = ""
    ambiguous: bool = False


PLAIN_STYLE = NumberStyle()


def detect_style(cells: Iterable[str], hint: NumberStyle | None = None) -> NumberStyle:
    """The style that most cells of one column agree on.

    ``hint``, the style of the columns beside it, decides where the cells themselves leave it open.
    A workbook's numeric cells are always plain and should not be given: only its text cells have a style.
    """
    votes = {".": 0, ",": 0}
    open_cells = {".": 0, ",": 0}  # by the one separator that they show
    group, ungrouped = "", 0
    for cell in _not_plainly_decimal(cells, votes):
        if cell.isdigit():
            ungrouped += len(cell) > len("999")
            continue
        if "," in cell and "." in cell:
            told = "." if GROUPED["."].fullmatch(cell) else "," if GROUPED[","].fullmatch(cell) else ""
            if told:
                votes[told] += 1
                group = "," if told == "." else "."
                continue
        match = match_amount(cell)
        if match is None:
            continue
        number = match["number"]
        decimal, cell_group = _of_a_power(number) if match["power"] else _style_of(number)
        if decimal and plain_digits(number, decimal) is None:
            continue  # a date such as 12.03.2025, a version number
        group = cell_group or group
        if decimal:
            votes[decimal] += 1
        elif "," in number or "." in number:
            open_cells["," if "," in number else "."] += 1
    return _decide(votes, open_cells, group, ungrouped, hint)


def _not_plainly_decimal(cells: Iterable[str], votes: dict[str, int]) -> Iterator[str]:
    """The cells that are to be looked at one by one; the others, most of most files, are counted as votes."""
    remaining = iter(cells)
    while together := list(islice(remaining, _AT_ONCE)):
        if ALL_PLAINLY_DECIMAL.fits(together):
            votes["."] += len(together)
            continue
        others = [cell for cell in together if PLAINLY_DECIMAL.fullmatch(cell) is None]
        votes["."] += len(together) - len(others)
        yield from others


def _of_a_power(number: str) -> tuple[str, str]:
    """``7,79E+12``, as Excel shows what is too long for its cell: its one separator is the decimal sign."""
    separators = [character for character in number if character in ",."]
    return (separators[0], "") if len(separators) == 1 else ("", "")


def _style_of(number: str) -> tuple[str, str]:
    """(decimal sign, grouping sign) that one number shows, each '' where it does not tell."""
    commas, points = number.count(","), number.count(".")
    other = "'" if "'" in number else " " if " " in number else ""
    if commas and points:
        decimal = "," if number.rfind(",") > number.rfind(".") else "."
        return decimal, "." if decimal == "," else ","
    if not commas and not points:
        return "", other
    separator, rival = (",", ".") if commas else (".", ",")
    if max(commas, points) > 1:
        return rival, separator
    before, _, after = number.partition(separator)
    if other or len(after) != len("000") or len(before) > len("000") or before in ("", "0") or before.startswith("0"):
        return separator, other
    return "", ""


def _decide(
    votes: dict[str, int], open_cells: dict[str, int], group: str, ungrouped: int, hint: NumberStyle | None
) -> NumberStyle:
    if any(votes.values()):
        decimal = "," if votes[","] > votes["."] else "."
        return NumberStyle(decimal, _group_beside(decimal, group, open_cells))
    if not any(open_cells.values()):
        return NumberStyle(hint.decimal if hint else ".", group)
    separator = "," if open_cells[","] >= open_cells["."] else "."
    rival = "." if separator == "," else ","
    if hint is not None and not hint.ambiguous:
        return NumberStyle(hint.decimal, separator if hint.decimal == rival else "")
    if ungrouped > _STRAYS * open_cells[separator]:
        return _beside_ungrouped(separator, rival, open_cells[separator])
    return NumberStyle(rival, separator, ambiguous=open_cells[separator] < _SETTLED_BY)


def _beside_ungrouped(separator: str, rival: str, cells: int) -> NumberStyle:
    """12345 beside 1.234: the decimals of a machine, or a person who groups some; several with three are grouped."""
    if separator == "." and cells < _SEVERAL:
        return NumberStyle(separator)
    return NumberStyle(rival, separator, ambiguous=True)


def _group_beside(decimal: str, group: str, open_cells: dict[str, int]) -> str:
    if group and group != decimal:
        return group
    rival = "." if decimal == "," else ","
    return rival if open_cells[rival] else ""
