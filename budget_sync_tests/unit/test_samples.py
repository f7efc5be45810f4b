"""Each sample in ``test_data`` is read as what ``expected.toml`` says of it."""

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from budget_sync.cli.demo.place import files_of
from budget_sync.domain.defaults import Defaults
from budget_sync.domain.fields import FileType
from budget_sync.mapping import understand
from budget_sync.mapping.understanding import Understanding, UnderstandingRequest
from budget_sync.reading import read_document
from budget_sync.validation import validate

SAMPLES = Path(__file__).parents[2] / "test_data"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((SAMPLES / "expected.toml").read_text())
BUDGETS = [name for name, expected in EXPECTED.items() if expected["file_type"] == "budget"]
OTHERS = [name for name in EXPECTED if name not in BUDGETS]
DEFAULTS = Defaults(currency="USD")


def understood(name: str) -> Understanding:
    document = read_document((SAMPLES / name).read_bytes(), name)
    return understand(document, UnderstandingRequest(defaults=DEFAULTS))


def test_every_sample_is_described_and_every_description_has_its_sample() -> None:
    assert {file.name for file in files_of(SAMPLES)} == EXPECTED.keys()


@pytest.mark.parametrize("name", OTHERS)
def test_what_is_no_budget_is_taken_for_what_it_is(name: str) -> None:
    detected = understood(name).analysis.file_type_detection
    assert detected.likely_file_type == EXPECTED[name]["file_type"]


@pytest.mark.parametrize("name", BUDGETS)
def test_a_budget_is_understood_without_a_person(name: str) -> None:
    expected, analysis = EXPECTED[name], understood(name).analysis
    assert analysis.file_type_detection.likely_file_type is FileType.BUDGET
    assert analysis.layout == expected["layout"]
    assert analysis.header_row == expected["header_row"]
    assert analysis.sheet == expected.get("sheet")
    assert [question.text for question in analysis.questions if question.blocking] == []
    assert analysis.can_proceed


@pytest.mark.parametrize("name", BUDGETS)
def test_the_sum_is_right_to_the_cent(name: str) -> None:
    assert understood(name).analysis.sum_budgeted == Decimal(EXPECTED[name]["sum"])


@pytest.mark.parametrize("name", BUDGETS)
def test_the_good_rows_become_lines_and_the_bad_ones_are_refused(name: str) -> None:
    expected, lines = EXPECTED[name], validate(understood(name), DEFAULTS)
    assert len(lines.lines) == expected["lines"]
    assert lines.error_rows == expected.get("refused", 0)
    assert lines.total_rows == expected.get("rows", expected["lines"])
    assert sum(map(Decimal, lines.lines.budgeted_amount)) == Decimal(expected["sum"])
    assert set(lines.lines.line_type) == {"expense"}


@pytest.mark.parametrize("name", [name for name in BUDGETS if "control_totals" in EXPECTED[name]])
def test_the_files_own_totals_agree(name: str) -> None:
    totals = understood(name).analysis.control_totals
    assert [total.agrees for total in totals] == [True] * EXPECTED[name]["control_totals"]
