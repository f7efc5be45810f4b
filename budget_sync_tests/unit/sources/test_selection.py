"""Which listed files are taken, and when."""

from datetime import UTC, datetime

import pytest

from budget_sync.sources.protocol import RemoteFile
from budget_sync.sources.selection import is_wanted, settled, shown_name


def remote(path: str, version: str = "1") -> RemoteFile:
    return RemoteFile(path, path, 1, datetime(2026, 1, 1, tzinfo=UTC), version)


def test_a_file_is_taken_when_two_looks_saw_the_same_state() -> None:
    first = settled([remote("a")], {})
    second = settled([remote("a")], first.waiting)
    assert first.settled == ()
    assert second.settled == (remote("a"),)
    assert second.waiting == {}


def test_a_file_that_grows_waits_until_it_stands_still() -> None:
    looks = settled([remote("a", "1")], {})
    looks = settled([remote("a", "2")], looks.waiting)
    assert looks.settled == ()
    assert settled([remote("a", "2")], looks.waiting).settled == (remote("a", "2"),)


def test_a_file_that_went_away_is_forgotten() -> None:
    looks = settled([remote("a")], {})
    assert settled([], looks.waiting).waiting == {}


def test_files_that_arrive_by_rename_are_taken_at_first_sight() -> None:
    assert settled([remote("a")], {}, at_first_sight=True).settled == (remote("a"),)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("budget.csv", "budget.csv"),
        ("Bu\u0308dget.csv", "B\u00fcdget.csv"),
        ("a\nb.csv", "a_b.csv"),
        ("a\u202eb.csv", "a_b.csv"),
        ("a\ufeffb.csv", "a_b.csv"),
        ("\u9884\u7b97.xlsx", "\u9884\u7b97.xlsx"),
        ("x" * 300 + ".csv", "x" * 196 + ".csv"),
    ],
)
def test_names_are_shown_as_one_printable_line(name: str, shown: str) -> None:
    assert shown_name(name) == shown


@pytest.mark.parametrize("name", ["", ".x.csv", "x.csv.part", "x.TMP", "x.FilePart", "a/b.csv", "a\x00.csv"])
def test_unfinished_hidden_and_impossible_names_are_not_wanted(name: str) -> None:
    assert not is_wanted(name, ("*",))
