"""What a budget line is, as a schema over text columns: the one gate before the database.

In: a frame with ``LINE_COLUMNS``. Out: the frame unchanged, or every cell that does not fit. Nothing is coerced: with
coercion one bad value switched off the other checks of its column. Its checks are the rules of ``rules``, so that
what these pass, passes here.
"""

from typing import TYPE_CHECKING

import pandera.pandas as pa

from budget_sync.validation.rules import TEXT_RULES, Rule

if TYPE_CHECKING:
    import pandas as pd


def _check(rule: Rule) -> pa.Check:
    """Each different text is looked at once."""

    def fit(texts: "pd.Series[str]") -> "pd.Series[bool]":
        return ~texts.isin([text for text in texts.unique().tolist() if not rule.fits(text)])

    return pa.Check(fit, name=rule.name, error=rule.words)


def _text(name: str, description: str) -> pa.Column:
    checks = [_check(rule) for rule in TEXT_RULES.get(name, ())]
    return pa.Column(str, checks, coerce=False, nullable=False, description=description)


_TEXTS = {
    "department": "organisational unit responsible for the line",
    "sub_category": "finest named category; empty for none",
    "fiscal_period": "FY2025, FY2025-H1, FY2025-Q3 or 2025-03",
    "line_type": "expense or revenue",
    "currency": "ISO 4217 code",
    "budgeted_amount": "plain decimal, at most 4 decimals, scale applied",
    "raw_amount": "the amount's cell as it stands in the file",
}

LINES_SCHEMA = pa.DataFrameSchema(
    {
        "row": pa.Column("int64", pa.Check.ge(0), description="row in the sheet or the file's records, from 0"),
        "column": pa.Column("int64", pa.Check.ge(0), description="column of the amount, from 0"),
        **{name: _text(name, description) for name, description in _TEXTS.items()},
    },
    strict=True,
    ordered=True,
    coerce=False,
    name="budget lines",
)
