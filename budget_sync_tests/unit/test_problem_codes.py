"""Every code that an error can bear is documented with its cause and its cure, and no code is that nothing bears."""

import re
from http import HTTPStatus
from pathlib import Path

import pytest

from api.documentation.problem_codes import error_guide, problem_codes
from api.errors import FRAMEWORK_CODES, STATUS_OF
from api.imports.outcomes import STATUS_OF_CODE
from budget_sync.approval.matching import MatchProblem

ROOT = Path(__file__).parents[2]
RAISED = re.compile(r'(?:Error|Refusal)\((?:[^()]|\([^()]*\))*?\bcode="([a-z_]+)"')
QUESTIONS = re.compile(r"questions?\.py$")


def raised_codes() -> set[str]:
    """The codes that the source gives its errors by name."""
    rooms = [*(ROOT / "api").rglob("*.py"), *(ROOT / "budget_sync").rglob("*.py")]
    sources = [path.read_text() for path in rooms if "cli" not in path.parts and not QUESTIONS.search(path.name)]
    return {code for source in sources for code in RAISED.findall(source)}


def codes_that_are_answered() -> set[str]:
    """Those that an answer can bear: named where it is raised, of a class, of the framework, of an import."""
    classes = {error.code for error in STATUS_OF}
    framework = {code for code, _ in FRAMEWORK_CODES.values()}
    matches = {problem.value for problem in MatchProblem}
    imports = {"too_many_errors", "lines_exist", "control_totals_differ", "rejected", "failed", "amount_out_of_range"}
    return raised_codes() | classes | framework | matches | imports | set(STATUS_OF_CODE) | {"https_required"}


def test_every_code_is_documented_and_none_that_nothing_bears() -> None:
    assert codes_that_are_answered() == set(problem_codes())


def test_the_status_of_a_class_of_errors_is_the_documented_one() -> None:
    for error, status in STATUS_OF.items():
        assert status in problem_codes()[error.code].status, error


@pytest.mark.parametrize("code", problem_codes())
def test_a_code_says_what_happened_and_what_to_do(code: str) -> None:
    documented = problem_codes()[code]
    assert all(HTTPStatus(status) for status in documented.status)
    assert documented.cause.endswith((".", "…"))
    assert documented.cure.endswith(".")
    assert f"| `{code}` |" in error_guide()
