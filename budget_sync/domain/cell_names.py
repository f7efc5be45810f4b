"""Columns and cells as spreadsheets call them: what a person looks for, from the numbers that the program counts by."""


def column_letters(column: int) -> str:
    """The letters of a column counted from 0: 0 is ``A``, 25 is ``Z``, 26 is ``AA``."""
    letters = ""
    number = column + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    """The name of a cell counted from 0: row 4, column 2 is ``C5``."""
    return f"{column_letters(column)}{row + 1}"
