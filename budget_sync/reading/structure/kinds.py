"""How a row's label cells are filled: rows of one kind are lines of one table, or all totals of one level.

In: the text of a label cell. Out: a short text; joined, they are equal for rows of the same kind.
"""

import re

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
