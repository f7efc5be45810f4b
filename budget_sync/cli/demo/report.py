"""What the demo prints: one table of the files, the answers to the checks, and where to look on."""

import shlex

from rich.console import Console
from rich.text import Text

from budget_sync.approval.answer import CheckAnswer
from budget_sync.approval.request import CheckRequest
from budget_sync.cli.demo.outcome import FileOutcome
from budget_sync.cli.demo.partner import Login
from budget_sync.cli.demo.place import DemoPlace
from budget_sync.cli.demo.service_client import check_body
from budget_sync.cli.plain_text import money, printable
from budget_sync.cli.site import Site
from budget_sync.cli.terminal import new_table
from budget_sync.domain.fields import ImportState
from budget_sync.importing.result import ImportRecord

_COLOURS = {
    ImportState.COMPLETED: "green",
    ImportState.COMPLETED_WITH_ERRORS: "yellow",
    ImportState.UNCHANGED: "green",
    ImportState.NEEDS_REVIEW: "yellow",
    ImportState.REJECTED: "magenta",
    ImportState.FAILED: "red",
}
_MILLISECONDS = 1000
_ASSET_GRAPH = "/locations/budget_sync/asset-groups/budget_files/lineage"


def print_files(target: Console, outcomes: list[FileOutcome]) -> None:
    """One row a file: what it was taken for, rows in and refused, status, a check on a line of it, time."""
    table = new_table(target, "File", "Taken for", "Rows in", "Refused", "Status", "A check on a line of it", "Time")
    for name in ("Rows in", "Refused", "Time"):
        next(column for column in table.columns if column.header == name).justify = "right"
    for outcome in outcomes:
        record = outcome.record
        table.add_row(
            printable(record.file_name),
            record.file_type or "",
            f"{record.stats.success_rows:,}",
            f"{record.stats.error_rows:,}",
            _status(record),
            _check(outcome),
            f"{(record.duration_ms or 0) / _MILLISECONDS:.1f} s",
        )
    target.print(table)


def print_arrival(target: Console, record: ImportRecord) -> None:
    """One line for a file that came in while the demo was left running."""
    line = Text(f"{printable(record.file_name)}  {record.file_type or ''}  {record.stats.success_rows:,} rows  ")
    target.print(line.append_text(_status(record)))
    if record.error is not None:
        target.print(Text(f"  {printable(record.error.message)}", style="dim"))


def print_check(target: Console, request: CheckRequest, answer: CheckAnswer) -> None:
    """A question and its answer."""
    place = " / ".join(printable(name) for name in (request.department, request.sub_category) if name)
    target.print(Text(f"? {money(request.amount)} {request.currency or ''} for {place}, {request.fiscal_period}"))
    style = "bold green" if answer.available else "bold red"
    target.print(Text.assemble((f"  {answer.decision.value}: ", style), printable(answer.reason)))


def print_addresses(target: Console, site: Site, key: str, example: CheckRequest | None) -> None:
    """Where to look on while all of it runs, with a key and a call to try."""
    for sentence in site.moved:
        target.print(sentence, markup=False, soft_wrap=True)
    target.print(f"Dagster UI     {site.dagster_ui}{_ASSET_GRAPH}", markup=False)
    target.print(f"Service        {site.service_url}", markup=False)
    target.print(f"API document   {site.service_url}/api/docs", markup=False)
    target.print(f"API key        {key}", markup=False)
    target.print("               signs in on the pages of the service, too", markup=False)
    if example is not None:
        target.print("", _curl(site, key, example), sep="\n", markup=False, soft_wrap=True)


def print_ended(target: Console, place: DemoPlace) -> None:
    """That nothing runs any more, and how to see what stays until the next demo."""
    home = shlex.quote(str(place.home))
    target.print("The demo has ended, with everything that it started. What it imported stays until the next one:")
    target.print(f"BUDGET_SYNC_HOME={home} budget-sync import-history --customer demo", markup=False, soft_wrap=True)


def print_partner(target: Console, place: DemoPlace, login: Login) -> None:
    """Where to put a file of one's own."""
    target.print(f"Drop files in  {place.partner}", markup=False, soft_wrap=True)
    target.print(f"or by SFTP     sftp -P {login.port} {login.user}@{login.host}", markup=False)
    target.print(f"password       {login.password}", markup=False)


def _curl(site: Site, key: str, example: CheckRequest) -> str:
    return (
        f"curl -s {site.service_url}/api/budget/check -H 'Authorization: Bearer {key}' \\\n"
        f"  -H 'Content-Type: application/json' -d {shlex.quote(check_body(example).decode())}"
    )


def _status(record: ImportRecord) -> Text:
    return Text(record.status.value, style=_COLOURS.get(record.status, ""))


def _check(outcome: FileOutcome) -> Text:
    if outcome.asked is None:
        return Text("")
    line = outcome.asked.line
    if outcome.asked.answered:
        return Text(f"✓ {money(line.utilization.available)} {line.currency} fits")
    return Text(f"✗ {outcome.asked.answer.reason_code.value}", style="red")
