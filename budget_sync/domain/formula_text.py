"""Text that a spreadsheet program would take for a formula, made harmless in files that we write, and read back.

A CSV cell that starts with one of ``= + - @ TAB CR`` is written behind an apostrophe, as spreadsheet programs
themselves do; reading takes that apostrophe away again, so that the text survives the round trip. A signed number is
no formula and stays as it is. In a workbook the cell's type says that it is text: nothing is put before it there.
"""

import re

_STARTS = "=+-@\t\r"
_GUARDED = re.compile(r"'[=+\-@\t\r]")
_SIGNED_NUMBER = re.compile(r"[+-][0-9]+(?:[.,' \u00a0\u202f][0-9]+)*")


def guard_formula(text: str) -> str:
    """The text as a CSV cell may hold it."""
    if text[:1] not in _STARTS or not text or _SIGNED_NUMBER.fullmatch(text):
        return text
    return f"'{text}"


def may_hold_guards(text: str) -> bool:
    """Whether a cell of this text of a whole file could be one that ``guard_formula`` made harmless."""
    return _GUARDED.search(text) is not None


def unguard_formula(text: str) -> str:
    """The text that ``guard_formula`` made harmless; any other as it is.

    >>> unguard_formula(guard_formula("=1+1"))
    '=1+1'
    """
    return text[1:] if _GUARDED.match(text) else text
