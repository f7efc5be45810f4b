"""Tables in Markdown of text that strangers wrote."""

from collections.abc import Iterable, Sequence

_LONGEST_CELL = 80
_ESCAPES = str.maketrans(
    {"|": "\\|", "<": "&lt;", ">": "&gt;", "`": "\\`", "[": "\\[", "]": "\\]", "*": "\\*", "_": "\\_", "\\": "\\\\"}
    | {chr(code): " " for code in (*range(32), 127)}
)


def markdown_cell(value: object) -> str:
    """One cell: one line, no markup of its own, not too long."""
    text = "" if value is None else str(value)
    return (text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…").translate(_ESCAPES)


def markdown_table(headers: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table; rows may be shorter than the header."""
    head = " | ".join(markdown_cell(header) for header in headers)
    lines = [f"| {head} |", "|" + " --- |" * len(headers)]
    for row in rows:
        cells = [markdown_cell(value) for value in row[: len(headers)]]
        cells += [""] * (len(headers) - len(cells))
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
