"""What a budget line is, as a schema over text columns: the one gate before the database.

In: a frame with ``LINE_COLUMNS``. Out: the frame unchanged, or every cell that does not fit. Nothing is coerced: with
coercion one bad value switched off the other checks of its column. Its checks are the rules of ``rules``, so that
what these pass, passes here.
"""

from typing import TYPE_CHECKING

import pandera.pandas as pa

from budget_sync.validation.rules import DESCRIPTIONS, PLACES, TEXT_RULES, Rule

if TYPE_CHECKING:
    import pandas as pd


def _check(rule: Rule) -> pa.Check:
    """Each different text is looked at once."""

    def fit(texts: "pd.Series[str]") -> "pd.Series[bool]":
        return ~texts.isin([text for text in texts.unique().tolist() if not rule.fits(text)])

    return pa.Check(fit, name=rule.name, error=rule.words)


def _column(name: str) -> pa.Column:
    if name in PLACES:
        return pa.Column("int64", pa.Check.ge(0), description=DESCRIPTIONS[name])
    checks = [_check(rule) for rule in TEXT_RULES.get(name, ())]
    return pa.Column(str, checks, coerce=False, nullable=False, description=DESCRIPTIONS[name])


LINES_SCHEMA = pa.DataFrameSchema(
    {name: _column(name) for name in DESCRIPTIONS},
    strict=True,
    ordered=True,
    coerce=False,
    name="budget lines",
)
