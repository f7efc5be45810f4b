"""Why a row was kept back, in words for the person who holds the file: what is wrong, and what to do."""

from dataclasses import dataclass

from budget_sync.domain.amount_text import is_amount_like


@dataclass(frozen=True, slots=True)
class Reason:
    """``code`` is stable; the sentence may change."""

    code: str
    sentence: str


FORMULA = Reason(
    "formula_without_value",
    "The cell holds a formula whose result is not stored in the file. Open the file in a spreadsheet program, "
    "let it calculate, save it, and send it again.",
)


def reason_for(field: str, value: str, amount_reason: str | None = None) -> Reason:
    """The reason of a cell that the schema refused; ``amount_reason`` is what the reader of amounts said of it."""
    shown = _shown(value)
    if field == "budgeted_amount":
        if amount_reason is not None:
            return Reason("bad_amount", f"{shown} {amount_reason}.")
        return Reason("amount_too_large", f"{shown} has more than 15 digits before the decimal sign; check the amount.")
    if not value:
        return _MISSING[field]
    sentence = _WRONG[field].sentence.format(shown)
    return Reason(_WRONG[field].code, sentence)


_MISSING = {
    "department": Reason(
        "no_department", "The row names no department. Fill the cell, or give a department for the whole import."
    ),
    "fiscal_period": Reason(
        "no_period", "Nothing says which period the row is for. Fill the cell, or give a period for the whole import."
    ),
    "currency": Reason("no_currency", "Nothing says which currency the amount is in. Give one for the whole import."),
}
_BAD_NAME = Reason("bad_name", "{} is no name: it is too long (500 characters at most) or has unprintable ones.")
_WRONG = {
    "department": _BAD_NAME,
    "sub_category": _BAD_NAME,
    "fiscal_period": Reason(
        "bad_period", "{} is no period. Write a year (2025), a quarter (2025 Q3) or a month (2025-03)."
    ),
    "currency": Reason("bad_currency", "{} is no currency. Write a code of three letters such as EUR."),
    "line_type": Reason("bad_line_type", "{} says neither revenue nor expense. Write one of the two."),
}


def _shown(value: str) -> str:
    """The value quoted, short enough for one line; amounts keep their own look."""
    text = " ".join(value.split())
    if is_amount_like(text):
        return f"'{text}'"
    return f"'{text[:60]}…'" if len(text) > len("…") + 60 else f"'{text}'"
