"""The result of an import, or of a dry run, in words: plain lines, since the command should start and end fast."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

import click

from budget_sync.cli.plain_text import money, printable
from budget_sync.domain.fields import ImportState

if TYPE_CHECKING:
    from budget_sync.importing.result import ImportResult
    from budget_sync.loading import LoadDiff
    from budget_sync.mapping.analysis import ControlTotal
    from budget_sync.validation.lines import RowError

_ERRORS_SHOWN = 10
_TOTALS_SHOWN = 20


def print_result(result: "ImportResult") -> None:
    """What happened, row errors, control totals, notes."""
    stats = result.stats
    colour = "green" if result.success else "yellow" if result.status is ImportState.NEEDS_REVIEW else "red"
    click.echo(f"{printable(result.file_name)}: {click.style(result.status.value, fg=colour)}")
    if result.success:
        if stats.total_rows:  # an undo reads no file
            click.echo(f"{stats.success_rows:,} of {stats.total_rows:,} rows; {stats.error_rows:,} refused")
        lines = (
            ("created", stats.created),
            ("updated", stats.updated),
            ("unchanged", stats.unchanged),
            ("removed", stats.removed),
        )
        click.echo(f"lines: {', '.join(f'{count:,} {name}' for name, count in lines)}")
    print_row_errors(result.errors, stats.error_rows)
    print_control_totals(result.control_totals)
    asks = result.success or result.status is ImportState.NEEDS_REVIEW  # a payroll is not asked for its period
    print_notes([*result.warnings, *(question.text for question in result.questions if asks)])
    if result.diff is not None:
        print_diff(result.diff)


def print_row_errors(errors: "Sequence[RowError]", rows: int) -> None:
    """The first bad cells, each with the row as a spreadsheet counts it; ``rows``: how many were refused in all."""
    for error in errors[:_ERRORS_SHOWN]:
        where = f"row {error.row + 1}" + (f", {printable(error.column)}" if error.column else "")
        click.echo(f"  {where}: {printable(error.reason)} ({printable(error.value)!r})")
    untold = rows - len({error.row for error in errors[:_ERRORS_SHOWN]})
    if untold > 0:
        click.echo(f"  and {untold:,} more {'row' if untold == 1 else 'rows'}")
    elif len(errors) > _ERRORS_SHOWN:
        click.echo("  and more cells of these rows")


def print_control_totals(totals: "Sequence[ControlTotal]") -> None:
    """The file's own totals against ours."""
    for total in totals:
        verdict = "not compared"
        if total.agrees is not None:
            verdict = "✓" if total.agrees else f"✗ {money((total.computed or Decimal(0)) - total.stated)} apart"
        click.echo(f"  total {printable(total.label)} {money(total.stated)} {verdict}")


def print_notes(notes: Sequence[str]) -> None:
    """What a person should know."""
    for note in notes:
        click.echo(f"  ! {printable(note)}")


def print_diff(diff: "LoadDiff") -> None:
    """What a dry run would have changed: the sums by department and period, before and after."""
    for total in diff.totals[:_TOTALS_SHOWN]:
        place = f"{printable(total.department)}, {total.fiscal_period}, {total.currency}"
        click.echo(f"  {place}: {money(total.old_total)} -> {money(total.new_total)}")
    if len(diff.totals) > _TOTALS_SHOWN:
        click.echo(f"  and {len(diff.totals) - _TOTALS_SHOWN:,} more")
    click.echo("This was a dry run: nothing was loaded.")
