"""``generate --rows N``: a budget file of invented lines, the same for the same arguments, for trying and measuring."""

import csv
import io
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO

import click

from budget_sync.cli.generated_budget import LABEL_HEADERS, header_of, rows_of
from budget_sync.domain.fields import FileFormat, Layout


@click.command(short_help="Write a budget file of invented lines.")
@click.option("--rows", required=True, type=click.IntRange(1, 5_000_000), help="How many rows below the header.")
@click.option("--layout", type=click.Choice([layout.value for layout in Layout]), default=Layout.LONG.value)
@click.option(
    "--format", "file_format", type=click.Choice([each.value for each in FileFormat]), default="csv", show_default=True
)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="A file; standard output if not given.")
def generate(rows: int, layout: str, file_format: str, output: Path | None) -> None:
    """Write a budget file of invented lines to standard output or to a file.

    The same arguments give the same lines. No two rows are the same budget line.
    """
    if output is None and file_format == FileFormat.XLSX and sys.stdout.isatty():
        raise click.UsageError("A workbook is no text for a terminal: give --output FILE or a pipe.")
    with click.open_file(output or "-", "wb") as target:
        write_budget(target, Layout(layout), rows, FileFormat(file_format))


def write_budget(target: IO[bytes], layout: Layout, count: int, file_format: FileFormat) -> None:
    """The header and ``count`` rows, written as they are made: memory does not grow with them (csv)."""
    if file_format is FileFormat.XLSX:
        _write_workbook(target, layout, count)
        return
    text = io.TextIOWrapper(target, encoding="utf-8", newline="", write_through=False)
    writer = csv.writer(text)
    writer.writerow(header_of(layout))
    writer.writerows(rows_of(layout, count))
    text.flush()
    text.detach()


def _write_workbook(target: IO[bytes], layout: Layout, count: int) -> None:
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("Budget")
    sheet.append(list(header_of(layout)))
    for row in _numbered(rows_of(layout, count), header_of(layout)):
        sheet.append(row)
    written = io.BytesIO()  # a workbook is a zip file, whose end needs a target that can seek; a pipe cannot
    book.save(written)
    target.write(written.getvalue())


def _numbered(rows: Iterator[list[str]], header: list[str]) -> Iterator[list[str | float]]:
    """Amounts as numbers, as a workbook holds them; they have two decimals, which a float keeps."""
    labels = {index for index, name in enumerate(header) if name in LABEL_HEADERS}
    for row in rows:
        yield [cell if index in labels else float(cell) for index, cell in enumerate(row)]
