"""Fitting weights and calibration from a labelled folder made by the test."""

import json
from pathlib import Path

import pytest

from budget_sync.domain.fields import TargetField
from budget_sync.mapping import fit
from budget_sync.mapping.calibrate import steps_of
from budget_sync.mapping.confidence import confidence_of
from budget_sync.mapping.score import FieldWeights, field_weights

PLAN = "Department,Item,Code,Year,Amount\n" + "".join(
    f"{name},{item},{number}0{place},2025,{place * 137}.5\n"
    for number, name in enumerate(("Sales", "Finance", "Works"))
    for place, item in enumerate(("Travel", "Paper", "Rent"), 1)
)
LABEL = {
    "file": "plan.csv",
    "kind": "budget",
    "repo": "someone/plans",
    "header_row": 0,
    "columns": {
        "Department": "department",
        "Item": ["subCategory", None],
        "Year": "fiscalPeriod",
        "Amount": "budgetedAmount",
    },
    "unnamed_columns": {"9": None},
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """One budget that is understood, one with a label elsewhere, one that cannot be read, one payroll."""
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "plan.csv").write_text(PLAN, encoding="utf-8")
    (tmp_path / "files" / "other.csv").write_text(PLAN, encoding="utf-8")
    (tmp_path / "files" / "empty.csv").write_bytes(b"")
    labels = [
        LABEL,
        LABEL | {"file": "other.csv", "header_row": 3},
        LABEL | {"file": "empty.csv"},
        {"file": "pay.csv", "kind": "payroll"},
    ]
    (tmp_path / "labels.jsonl").write_text("\n".join(map(json.dumps, labels)), encoding="utf-8")
    return tmp_path


def test_labelled_columns_of_readable_files_are_read(folder: Path) -> None:
    (file,) = fit.labelled_files(folder)
    accepted = {one.column.label: one.acceptable for one in file.columns}
    assert accepted["Department"] == {"department"}
    assert accepted["Item"] == {"subCategory", None}
    assert accepted["Code"] == {None}


def test_weights_stay_near_the_committed_ones(folder: Path) -> None:
    columns = [column for file in fit.labelled_files(folder) for column in file.columns]
    fitted = fit.fit_weights(columns)
    committed = field_weights()
    assert set(fitted) == set(committed)
    assert fitted["currency"] == committed["currency"]
    moved = [
        abs(fitted["department"].weights[name] - weight) for name, weight in committed["department"].weights.items()
    ]
    assert max(moved) < 1.0


def test_weights_from_nought_learn_what_a_name_is_worth(folder: Path) -> None:
    columns = [column for file in fit.labelled_files(folder) for column in file.columns]
    nought = {
        name: FieldWeights(none=0.0, weights=dict.fromkeys(own.weights, 0.0)) for name, own in field_weights().items()
    }
    assert fit.fit_weights(columns, nought)["department"].weights["named"] > 0


def test_both_files_are_written(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit, "_HERE", tmp_path)
    fit.main([str(folder)])
    fit.main([str(folder), "--calibration"])
    assert "[subCategory.weights]" in (tmp_path / "weights.toml").read_text(encoding="utf-8")
    assert "[amounts]" in (tmp_path / "calibration.toml").read_text(encoding="utf-8")


def test_a_larger_margin_is_never_less_sure() -> None:
    steps = steps_of([(margin / 10, margin % 3 > 0) for margin in range(60)])
    assert steps.margins == sorted(steps.margins)
    assert steps.probabilities == sorted(steps.probabilities)


def test_the_committed_calibration_rises() -> None:
    shown = [confidence_of(TargetField.DEPARTMENT, margin / 4) for margin in range(-12, 20)]
    assert shown == sorted(shown)
    assert shown[0] <= 0.6
    assert shown[-1] > 0.9
