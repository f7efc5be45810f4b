"""The Google Sheets source: one spreadsheet, or one tab of it, as a workbook.

Its version is the time of its last change as Drive tells it; the hash of its content, at fetch, tells whether anything
really changed: the same cells give the same bytes. What is read is the cells' values, never how they look.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Final, Self
from urllib.parse import quote

import msgspec
from gspread.urls import SPREADSHEET_URL

from budget_sync.domain.addresses import AllowedNetworks
from budget_sync.domain.errors import SourceError
from budget_sync.sources.protocol import RemoteFile, StepResult, walk_steps
from budget_sync.sources.selection import shown_name
from budget_sync.sources.sheets_client import PatientClient
from budget_sync.sources.sheets_configuration import ServiceAccount, SheetsConfiguration
from budget_sync.sources.sheets_errors import failing_at
from budget_sync.sources.sheets_grid import CELLS, TABS, DriveFile, Spreadsheet, TabProperties
from budget_sync.sources.sheets_workbook import still_loading, write_workbook

STEPS: Final = ("resolve", "connect", "login", "list", "fetch")
_GRID: Final = "GRID"
_SHOWN_TABS: Final = 10


class SheetsSource:
    """One configured spreadsheet. Logs in on entering; not to be shared between threads."""

    def __init__(self, configuration: SheetsConfiguration, account: ServiceAccount, allowed: AllowedNetworks) -> None:
        self._configuration = configuration
        self._account = account
        self._allowed = allowed
        self._client: PatientClient | None = None

    def __enter__(self) -> Self:
        self._client = PatientClient(self._account, self._configuration, self._allowed)
        try:
            with failing_at("login", "Logging in to Google", self._account):
                self._client.log_in()
        except BaseException:
            self._client.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._client is not None:
            self._client.close()
        self._client = None

    def list(self) -> Iterable[RemoteFile]:
        """The one spreadsheet, as it was last changed; its size is not known, and 0."""
        self._open_client().within(self._configuration.list_seconds)
        return [self._seen("list")]

    def fetch(self, file: RemoteFile) -> bytes:
        """The tabs as a workbook, if Drive still tells the time of change that was listed.

        Raises:
            SourceError: changed since, too large, the tab is gone, a formula is still loading, or Google refuses.
        """
        self._open_client().within(self._configuration.fetch_seconds)
        content = self._read()
        if self._seen("fetch").version != file.version:
            raise SourceError(
                f"{file.name} was changed while it was read. It is taken at a later look, when it stands still.",
                step="fetch",
                reason="changed",
            )
        return content

    def describe(self) -> str:
        """As an address, with the tab where there is one."""
        return self._configuration.describe()

    def test(self) -> Sequence[StepResult]:
        """Logs in, asks Drive for the spreadsheet and reads it; each step with its outcome."""
        return walk_steps(self, STEPS)

    def _seen(self, step: str) -> RemoteFile:
        with failing_at(step, "Asking Drive for the spreadsheet", self._account):
            answer = self._open_client().get_file_drive_metadata(self._configuration.spreadsheet)
            try:
                found = msgspec.convert(answer, DriveFile)
                modified = datetime.fromisoformat(found.modified_time)
            except (msgspec.ValidationError, ValueError) as error:
                raise SourceError(f"Drive's answer cannot be read: {error}.", step=step) from error
        tab = self._configuration.tab if self._configuration.tab_id is None else str(self._configuration.tab_id)
        ending = f"#{quote(tab, safe='')}" if tab else ""
        return RemoteFile(
            name=f"{shown_name(found.name)}.xlsx",
            path=f"{self._configuration.spreadsheet}{ending}",
            size=0,
            modified_at=modified,
            version=f"{found.modified_time}{ending}",
        )

    def _read(self) -> bytes:
        with failing_at("fetch", "Reading the spreadsheet", self._account):
            tabs = [each.properties for each in self._get({"fields": TABS}).sheets]
            wanted = self._wanted([tab for tab in tabs if tab.sheet_type == _GRID])
            grid = self._get({"fields": CELLS, "includeGridData": "true"}, ranges=tuple(map(_range_of, wanted)))
        if still_loading(grid.sheets):
            raise SourceError("A formula of the spreadsheet is still loading. It is read again later.", step="fetch")
        return write_workbook(grid.sheets)

    def _wanted(self, tabs: Sequence[TabProperties]) -> Sequence[TabProperties]:
        title, number = self._configuration.tab, self._configuration.tab_id
        if number is not None:
            wanted = [tab for tab in tabs if tab.sheet_id == number]
        elif title is not None:
            wanted = [tab for tab in tabs if tab.title == title]
        else:
            wanted = [tab for tab in tabs if not tab.hidden]
        if not wanted:
            raise SourceError(
                f"The spreadsheet has no tab {title or number} any more; it has"
                f" {', '.join(tab.title for tab in tabs[:_SHOWN_TABS])}. Name the tab anew, or choose it by its number"
                " (gid in its address), which outlives a new title.",
                step="fetch",
                reason="no_tab",
            )
        return wanted

    def _get(self, parameters: dict[str, str], ranges: tuple[str, ...] = ()) -> Spreadsheet:
        asked: dict[str, Any] = parameters | {"ranges": ranges}
        answer = self._open_client().request("get", SPREADSHEET_URL % self._configuration.spreadsheet, asked)
        try:
            return msgspec.json.decode(answer.content, type=Spreadsheet)
        except msgspec.MsgspecError as error:
            raise SourceError(f"The answer of the Sheets API cannot be read: {error}.", step="fetch") from error

    def _open_client(self) -> PatientClient:
        if self._client is None:
            raise RuntimeError("a Google Sheets source is used within `with`")
        return self._client


def _range_of(tab: TabProperties) -> str:
    """A whole tab in A1 notation."""
    return "'" + tab.title.replace("'", "''") + "'"
