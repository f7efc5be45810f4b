"""What the kind of a file is judged by: its words, its columns and what was found in it.

In: the reading of a sheet. Out: ``FileEvidence``, which ``file_type.detect_file_type`` turns into a kind.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from budget_sync.domain.fields import Layout, TargetField
from budget_sync.mapping.customer_words import NO_WORDS, CustomerWords
from budget_sync.mapping.values import ColumnProfile


@dataclass(frozen=True, slots=True)
class FileEvidence:
    """``headers`` and ``profiles`` have one entry a column, '' for a column without a name.

    ``fields``: the columns found for each field, the amounts with them; a field without a column is missing.
    ``amount_strength``: how strongly (0 to 1) a header names the chosen amounts a budget. ``totals`` and
    ``sections`` count rows of the sheet. ``other_sheets``: the names of the sheets beside the chosen one. ``words``:
    the customer's own.
    """

    file_name: str
    sheet: str | None = None
    other_sheets: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    headers: tuple[str, ...] = ()
    profiles: tuple[ColumnProfile, ...] = ()
    fields: Mapping[TargetField, tuple[int, ...]] = field(default_factory=dict)
    layout: Layout = Layout.LONG
    amount_strength: float = 0.0
    totals: int = 0
    sections: int = 0
    words: CustomerWords = NO_WORDS
