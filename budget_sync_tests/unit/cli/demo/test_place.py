"""The demo's folder and what is put into it."""

from pathlib import Path

import pytest

from budget_sync.cli.demo.expectations import read_expectations
from budget_sync.cli.demo.place import files_of, fresh_place
from budget_sync.domain.errors import ConflictError, InvalidRequestError


def test_a_second_demo_in_the_same_folder_is_told_who_runs_the_first(tmp_path: Path) -> None:
    with (
        fresh_place(tmp_path),
        pytest.raises(ConflictError, match=r"already runs .*process [0-9]+"),
        fresh_place(tmp_path),
    ):
        pass


def test_each_demo_starts_with_an_empty_folder(tmp_path: Path) -> None:
    with fresh_place(tmp_path) as place:
        (place.home / "left-over").touch()
    with fresh_place(tmp_path) as place:
        assert list(place.home.iterdir()) == []


def test_hidden_files_folders_and_descriptions_do_not_travel(tmp_path: Path) -> None:
    for name in ("b.csv", "a.xlsx", ".gitattributes", "expected.toml"):
        (tmp_path / name).touch()
    (tmp_path / "folder").mkdir()
    assert [file.name for file in files_of(tmp_path)] == ["a.xlsx", "b.csv"]


def test_an_empty_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidRequestError, match="no files"):
        files_of(tmp_path)


def test_a_folder_without_declarations_expects_nothing(tmp_path: Path) -> None:
    assert read_expectations(tmp_path) == {}


def test_a_declaration_that_is_none_is_refused_before_anything_starts(tmp_path: Path) -> None:
    (tmp_path / "expected.toml").write_text('["a.csv"]\nstatus = "lovely"\n')
    with pytest.raises(InvalidRequestError, match="does not say what is expected"):
        read_expectations(tmp_path)
