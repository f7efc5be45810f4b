"""Invented budget files: what a measurement or a first try is fed with."""

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import CalamineWorkbook

from budget_sync.cli.generated_budget import header_of, rows_of
from budget_sync.cli.main import commands
from budget_sync.domain.fields import Layout


def generated(*arguments: str) -> bytes:
    answer = CliRunner().invoke(commands, ["generate", *arguments])
    assert answer.exit_code == 0, answer.stderr
    return answer.stdout_bytes


def test_the_same_arguments_give_the_same_file() -> None:
    assert generated("--rows", "50") == generated("--rows", "50")


@pytest.mark.parametrize("layout", Layout)
def test_every_layout_has_as_many_rows_as_asked_for_under_its_header(layout: Layout) -> None:
    records = list(csv.reader(io.StringIO(generated("--rows", "7", "--layout", layout.value).decode(), newline="")))
    assert records[0] == header_of(layout)
    assert [len(record) for record in records] == [len(header_of(layout))] * 8


@pytest.mark.parametrize("layout", Layout)
def test_no_two_rows_are_the_same_line(layout: Layout) -> None:
    labels = {"Department", "Sub-Category", "Fiscal Period"}
    places = [index for index, name in enumerate(header_of(layout)) if name in labels]
    keys = {tuple(row[place] for place in places) for row in rows_of(layout, 5000)}
    assert len(keys) == 5000


def test_a_workbook_holds_the_amounts_as_numbers(tmp_path: Path) -> None:
    target = tmp_path / "budget.xlsx"
    generated("--rows", "3", "--format", "xlsx", "--output", str(target))
    rows = CalamineWorkbook.from_path(str(target)).get_sheet_by_index(0).to_python()
    assert [type(cell) for cell in rows[1]] == [str, str, str, float, str]


def test_no_rows_at_all_is_wrong_use() -> None:
    assert CliRunner().invoke(commands, ["generate", "--rows", "0"]).exit_code == 2
