"""One tree of errors, in one place, each with a code of its own."""

import re
from pathlib import Path

from budget_sync.domain import errors
from budget_sync.domain.errors import BudgetSyncError

ROOT = Path(__file__).parents[3]
OF_OURS = re.compile(r"^class (?!_)\w+\(BudgetSyncError\)", re.MULTILINE)


def test_every_error_that_a_person_can_meet_stands_in_the_one_tree() -> None:
    rooms = [*(ROOT / "api").rglob("*.py"), *(ROOT / "budget_sync").rglob("*.py")]
    elsewhere = {path: OF_OURS.findall(path.read_text("utf-8")) for path in rooms if path != Path(errors.__file__)}
    assert {path: found for path, found in elsewhere.items() if found} == {}


def test_every_error_of_the_tree_has_a_code_of_its_own() -> None:
    codes = [
        error.code for error in vars(errors).values() if isinstance(error, type) and issubclass(error, BudgetSyncError)
    ]
    assert len(codes) == len(set(codes))
