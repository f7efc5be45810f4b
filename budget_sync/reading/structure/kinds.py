"""How a row's label cells are filled: rows of one kind are lines of one table, or all totals of one level.

In: the cells of a row and the label columns. Out: a short text that is equal for rows of the same kind.
"""

import re
from collections.abc import Sequence

from budget_sync.domain.short_texts import remembers

_LEADING_CODE = re.compile(r"[0-9][0-9./-]*(?=[\s:\u2013-])")


@remembers(65_536)
def cell_kind(text: str) -> str:
    """The part of a row's kind that one label cell gives."""
    stripped = text.strip()
    if not stripped:
        return "."
    digits = sum(map(str.isdigit, stripped))
    if digits * 2 >= len(stripped) and " " not in stripped:
        return "c"
    indent = len(text) - len(text.lstrip())
    mark = "k" if _LEADING_CODE.match(stripped) else "t"
    return f"{mark}{indent}" if indent else mark


def names_in(kind: str) -> int:
    """How many label cells of such a row hold a text."""
    return kind.count("t") + kind.count("k")


def row_kind(cells: Sequence[str], labels: Sequence[int]) -> str:
    """The kind of a row: for each label column empty, code, text, text behind a code, and how far indented."""
    return "".join(cell_kind(cells[column]) if column < len(cells) else "." for column in labels)
