"""``analyze FILE...``: how each file is understood, as JSON lines or as tables to read. Nothing is loaded."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from budget_sync.cli.arguments import read_file, shown_name
from budget_sync.cli.garbage import collect_seldom
from budget_sync.domain.errors import BudgetSyncError

if TYPE_CHECKING:
    from budget_sync.mapping.analysis import Analysis


@click.command(short_help="Show how files are understood; loads nothing.")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--sheet", help="The sheet of a workbook to take, instead of the one chosen by its content.")
@click.option("--encoding", metavar="E", help="Of a text file, where it is not what its bytes seem: cp1250, utf-16.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object per file, one a line, in the order given.")
def analyze(files: tuple[Path, ...], sheet: str | None, encoding: str | None, *, as_json: bool) -> None:
    """Show how each FILE is understood: which column is what, how sure, what is left out, what to ask.

    Goes on after a file that cannot be read, and ends with exit status 1 if there was one.
    """
    refused = 0
    for path in files:
        try:
            analysis = _analyze(path, sheet, encoding)
        except BudgetSyncError as error:
            refused += 1
            _report_refusal(path, error, as_json=as_json)
        else:
            _report(analysis, as_json=as_json)
    if refused:
        sys.exit(1)


def _analyze(path: Path, sheet: str | None, encoding: str | None) -> "Analysis":
    from msgspec.structs import replace

    from budget_sync.mapping import UnderstandingRequest, understand
    from budget_sync.mapping.chosen_place import require_place
    from budget_sync.mapping.name_questions import KnownNames
    from budget_sync.mapping.offered_answers import with_offered_answers
    from budget_sync.reading import read_document

    collect_seldom()
    document = read_document(read_file(path), shown_name(path), encoding=encoding)
    require_place(document, sheet, None)
    understanding = understand(document, UnderstandingRequest(sheet=sheet))
    questions = with_offered_answers(understanding, KnownNames(), datetime.now(UTC).date(), start=1)
    return replace(understanding.analysis, questions=questions)


def _report(analysis: "Analysis", *, as_json: bool) -> None:
    if as_json:
        from budget_sync.cli.json_lines import analysis_line

        click.echo(analysis_line(analysis))
    else:
        from budget_sync.cli.analysis_view import print_analysis

        print_analysis(analysis)


def _report_refusal(path: Path, error: BudgetSyncError, *, as_json: bool) -> None:
    if as_json:
        from budget_sync.cli.json_lines import refusal_line

        click.echo(refusal_line(shown_name(path), error))
    click.echo(f"{shown_name(path)}: {error.message}", err=True)
