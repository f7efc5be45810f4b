"""The program as a person starts it: what it imports, and how it ends."""

import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from budget_sync.cli.main import COMMANDS, commands

SAMPLES = Path(__file__).parents[3] / "test_data"
HEAVY = ("pydantic", "pandas", "pandera", "sqlalchemy", "psycopg", "dagster", "litestar", "openpyxl", "asyncssh")


def imported_by(*arguments: str) -> set[str]:
    """The heavy libraries that a run of the program has imported when it ends."""
    program = (
        "import atexit, sys\n"
        f"atexit.register(lambda: print('IMPORTED', *[m for m in {HEAVY!r} if m in sys.modules], file=sys.stderr))\n"
        "from budget_sync.cli.main import main\n"
        "main()"
    )
    done = subprocess.run([sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=False)
    return set(done.stderr.splitlines()[-1].removeprefix("IMPORTED").split())


def test_help_imports_nothing_heavy() -> None:
    assert imported_by("--help") == set()


@pytest.mark.parametrize("name", ["1_standard_format.csv", "two_sheets.xlsx"])
def test_an_analysis_imports_nothing_heavy(name: str) -> None:
    assert imported_by("analyze", str(SAMPLES / name), "--json") == set()


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    answer = CliRunner().invoke(commands, [name, "--help"])
    assert answer.exit_code == 0
    assert "Usage:" in answer.output


def test_an_unknown_command_is_wrong_use() -> None:
    answer = CliRunner().invoke(commands, ["analyse"])
    assert answer.exit_code == 2
    assert "No such command 'analyse'" in answer.stderr


def test_a_missing_argument_is_wrong_use() -> None:
    assert CliRunner().invoke(commands, ["analyze"]).exit_code == 2


def test_a_shell_is_told_the_commands() -> None:
    environment = {"_BUDGET_SYNC_COMPLETE": "bash_complete", "COMP_WORDS": "budget-sync gen", "COMP_CWORD": "1"}
    answer = CliRunner().invoke(commands, env=environment, prog_name="budget-sync")
    assert "generate" in answer.stdout
