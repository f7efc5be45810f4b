"""Fitting the weights of the kinds of files from a labelled folder made by the test."""

import json
from pathlib import Path

import numpy as np
import pytest

from budget_sync.domain.fields import FileType
from budget_sync.mapping import fit_file_type
from budget_sync.mapping.file_type import file_type_weights
from budget_sync.mapping.fit_file_type import as_matrix, fit, labelled_kinds, measure, weights_toml
from budget_sync_tests.unit.mapping.tables import analysed

PLAN = "Department,Item,Year,Budget\nSales,Travel,2025,1370\nFinance,Paper,2025,211\nWorks,Rent,2025,9000\n"
PAY = "Employee,Employee ID,Gross salary,Net pay\nAnna Hill,1001,5000,3600\nBo Stone,1002,6100,4150\n"
CLIENTS = "Client number,Name,City\n1,Hill,Bath\n2,Stone,Hull\n3,Lane,York\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Six owners with a budget, a payroll and a list of clients each, and a file that cannot be read."""
    (tmp_path / "files").mkdir()
    labels = []
    for owner in range(6):
        for kind, content in (("budget", PLAN), ("payroll", PAY), ("other", CLIENTS)):
            name = f"{kind}{owner}.csv"
            (tmp_path / "files" / name).write_text(content, encoding="utf-8")
            labels.append({"file": name, "repo": f"owner{owner}/files", "kind": kind})
    (tmp_path / "files" / "empty.csv").write_bytes(b"")
    labels.append({"file": "empty.csv", "repo": "owner0/files", "kind": "other", "acceptable_kinds": ["other"]})
    (tmp_path / "labels.jsonl").write_text("\n".join(map(json.dumps, labels)), encoding="utf-8")
    return tmp_path


def test_weights_from_nought_tell_unseen_owners_files_apart_and_never_with_certainty(folder: Path) -> None:
    files = list(labelled_kinds(folder))
    measured = measure(files, folds=3)
    assert len(files) == 18
    assert measured.right == 1.0
    assert 0.5 < measured.highest < 1.0


def test_few_files_move_the_committed_weights_a_little(folder: Path) -> None:
    committed = as_matrix(file_type_weights())
    fitted = fit(list(labelled_kinds(folder)), committed, pull=10.0)
    assert not np.array_equal(fitted, committed)
    assert np.abs(fitted - committed).max() < 1.0


def test_the_fitted_file_is_written_as_the_program_reads_it(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "weights.toml"
    monkeypatch.setattr(fit_file_type, "_TARGET", target)
    fit_file_type.main([str(folder), "--folds", "3"])
    assert "18 files; of unseen repositories 100.0% right" in capsys.readouterr().out
    committed = file_type_weights()
    same = weights_toml(as_matrix(committed), committed.sharpness, committed.highest)
    assert [line.split(" = ")[0] for line in target.read_text("utf-8").splitlines()] == [
        line.split(" = ")[0] for line in same.splitlines()
    ]


def test_no_kind_is_ever_shown_as_certain() -> None:
    detected = analysed("""
        Department | Budget item | Fiscal year | Adopted budget
        Sales      | Travel      | 2025        | 1200
        Finance    | Audit       | 2025        | 5600
        Total      |             |             | 6800
    """).file_type_detection
    assert detected.likely_file_type is FileType.BUDGET
    assert detected.confidence == file_type_weights().highest < 1.0
