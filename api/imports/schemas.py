"""The history as it stands on the wire."""

import msgspec

from budget_sync.importing.result import ImportRecord


class HistoryPage(msgspec.Struct, frozen=True, rename="camel"):
    """The newest imports first; ``count`` is of this page."""

    imports: list[ImportRecord]
    count: int
    success: bool = True
