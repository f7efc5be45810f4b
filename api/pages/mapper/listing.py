"""The list of imports as its page asks for it, with what waits and what is not finished.

In: what stands in the address. Out: ``Found``. An address that a person edited is read kindly: what is no
filter is none.
"""

from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import urlencode
from uuid import UUID

from budget_sync.database import Database
from budget_sync.domain.fields import ImportState
from budget_sync.importing.draft_rows import OpenDraft
from budget_sync.importing.drafts import open_drafts
from budget_sync.importing.history_search import HistoryFilter, search_records, source_types
from budget_sync.importing.key_records import key_labels
from budget_sync.importing.past_imports import list_waiting
from budget_sync.importing.result import ImportRecord

_PAGE = 25


@dataclass(frozen=True, slots=True)
class Listing:
    """What is looked for, as it was written and as it is understood."""

    filter: HistoryFilter
    since: str = ""
    until: str = ""

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but the page is asked for."""
        return replace(self.filter, before=None) != HistoryFilter()

    def next_page(self, last: ImportRecord) -> str:
        """The address of the page behind this one."""
        wanted = self.filter
        members = {
            "q": wanted.words,
            "state": wanted.status,
            "source": wanted.source_type,
            "who": wanted.user,
            "since": self.since,
            "until": self.until,
            "before": last.import_id,
        }
        return "?" + urlencode({name: str(value) for name, value in members.items() if value})


@dataclass(frozen=True, slots=True)
class Found:
    """``people``: labels of the keys that imported, by their id. ``more``: there are older ones behind ``records``."""

    records: list[ImportRecord]
    people: dict[str, str]
    more: bool
    waiting: list[ImportRecord]
    drafts: list[OpenDraft]
    sources: list[str]


def wanted_imports(
    words: str | None = None,
    status: str | None = None,
    source: str | None = None,
    who: str | None = None,
    since: str | None = None,
    until: str | None = None,
    before: UUID | None = None,
) -> Listing:
    """What the address asks for."""
    wanted = HistoryFilter(
        status=ImportState(status) if status in set(ImportState) else None,
        source_type=_plain(source),
        user=_plain(who),
        words=_plain(words),
        since=_day(since),
        until=_day(until),
        before=before,
    )
    return Listing(wanted, since or "", until or "")


def list_imports(database: Database, customer_id: UUID, wanted: Listing) -> Found:
    """The page of the list, and what needs a person."""
    with database.tenant(customer_id) as connection:
        records = search_records(connection, wanted.filter, _PAGE + 1)
        return Found(
            records=records[:_PAGE],
            people=key_labels(connection, [record.user for record in records if record.user]),
            more=len(records) > _PAGE,
            waiting=list_waiting(connection, _PAGE),
            drafts=open_drafts(connection),
            sources=source_types(connection),
        )


def _plain(text: str | None) -> str | None:
    cleaned = "".join(character for character in text or "" if character.isprintable()).strip()
    return cleaned or None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None
