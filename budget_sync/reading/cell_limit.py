"""What a cell may hold: text as long as a cell of a workbook can have, without NUL, which PostgreSQL refuses."""

_CUT = "…"  # no amount, period or currency ends in it, so that none is made by cutting


def held_text(text: str, longest: int) -> str:
    """The text of a cell without NUL; one of more than ``longest`` characters is cut, and marked as such."""
    if "\0" in text:
        text = text.replace("\0", "")
    return text if len(text) <= longest else text[: longest - 1] + _CUT
