"""Columns that say in every row what their header says: ``2012`` below ``2012``, beside the amounts of that year.

In: the headers and the cells by column. Out: the places of such columns; no row differs from another by them.
"""

from collections.abc import Sequence

_SEVERAL = 3


def repeated_headers(labels: Sequence[str], cells: Sequence[Sequence[str]]) -> frozenset[int]:
    """Headers that are a number, and stand in every filled cell below."""
    return frozenset(
        column
        for column, (label, texts) in enumerate(zip(labels, cells, strict=True))
        if label.strip().isdecimal() and _only(label.strip(), [text.strip() for text in texts if text.strip()])
    )


def _only(label: str, texts: Sequence[str]) -> bool:
    return len(texts) >= _SEVERAL and set(texts) == {label}
