r"""What a budget line is, as a schema over text columns: the one gate before the database.

In: a frame with ``LINE_COLUMNS``. Out: the frame unchanged, or every cell that does not fit. Nothing is coerced:
with coercion one bad value switched off the other checks of its column. ``[0-9]``, for ``\d`` takes other scripts.
"""

import re
from typing import TYPE_CHECKING

import pandera.pandas as pa

from budget_sync.domain.fields import LineType
from budget_sync.domain.names import LONGEST_NAME, has_key
from budget_sync.domain.vocabulary import currencies

if TYPE_CHECKING:
    import pandas as pd

_CONTROL = "\\x00-\\x1f\\x7f-\\x9f"
_NAME = rf"[^{_CONTROL}]{{1,{LONGEST_NAME}}}\Z"
_NAME_OR_NONE = rf"[^{_CONTROL}]{{0,{LONGEST_NAME}}}\Z"
_PERIOD = r"(?:FY(?:19|20|21)[0-9]{2}(?:-H[12]|-Q[1-4])?|(?:19|20|21)[0-9]{2}-(?:0[1-9]|1[0-2]))\Z"
_AMOUNT = r"-?[0-9]{1,15}(?:\.[0-9]{1,4})?\Z"  # numeric(19,4)


def _matches(pattern: str) -> pa.Check:
    """Each different text is looked at once: a million rows name a few thousand departments."""
    match = re.compile(pattern).match

    def fit(texts: "pd.Series[str]") -> "pd.Series[bool]":
        return ~texts.isin([text for text in texts.unique().tolist() if match(text) is None])

    return pa.Check(fit, name="matches", error=f"matches {pattern}")


def _keys_fit(names: "pd.Series[str]") -> "pd.Series[bool]":
    return ~names.isin([name for name in names.unique().tolist() if not has_key(name)])


def _text(description: str, check: pa.Check | list[pa.Check] | None = None) -> pa.Column:
    return pa.Column(str, check, coerce=False, nullable=False, description=description)


_KEY = pa.Check(_keys_fit, name="key_fits")

LINES_SCHEMA = pa.DataFrameSchema(
    {
        "row": pa.Column("int64", pa.Check.ge(0), description="row in the sheet or the file's records, from 0"),
        "column": pa.Column("int64", pa.Check.ge(0), description="column of the amount, from 0"),
        "department": _text("organisational unit responsible for the line", [_matches(_NAME), _KEY]),
        "sub_category": _text("finest named category; empty for none", [_matches(_NAME_OR_NONE), _KEY]),
        "fiscal_period": _text("FY2025, FY2025-H1, FY2025-Q3 or 2025-03", _matches(_PERIOD)),
        "line_type": _text("expense or revenue", pa.Check.isin([kind.value for kind in LineType])),
        "currency": _text("ISO 4217 code", pa.Check.isin(sorted(currencies().active_codes))),
        "budgeted_amount": _text("plain decimal, at most 4 decimals, scale applied", _matches(_AMOUNT)),
        "raw_amount": _text("the amount's cell as it stands in the file"),
    },
    strict=True,
    ordered=True,
    coerce=False,
    name="budget lines",
)
