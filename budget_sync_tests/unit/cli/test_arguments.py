"""What commands take: a currency, a period, an amount or a scope is wrong before anything is opened or loaded."""

import pytest
from click.testing import CliRunner

from budget_sync.cli.main import commands

_IMPORT = ["import", "plan.csv", "--customer", "acme"]
_CHECK = ["check", "--customer", "acme", "--department", "IT", "--amount", "5"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([*_IMPORT, "--currency", "dollars"], "'dollars' is no currency. Write a code of three letters such as EUR."),
        ([*_IMPORT, "--period", "2026-13"], "There is no period month 13 of 2026."),
        ([*_CHECK, "--period", "soon"], "'soon' is no fiscal period. Write FY2025, FY2025-H1, FY2025-Q3 or 2025-03."),
        ([*_CHECK, "--period", "FY2026", "--amount", "1e5"], "amount must be a plain number of at most 15 digits"),
        ([*_CHECK, "--period", "FY2026", "--amount", "0"], "amount must be above 0."),
        (["key", "create", "--customer", "acme", "--scope", "all"], "A key takes scopes of check, reserve,"),
        (["customer", "add", "acme", "--currency", "EURO"], "'EURO' is no currency."),
    ],
)
def test_it_is_refused_as_wrong_use(arguments: list[str], sentence: str) -> None:
    answer = CliRunner().invoke(commands, arguments)
    assert answer.exit_code == 2
    assert sentence in answer.output


def test_a_currency_may_be_written_in_small_letters() -> None:
    answer = CliRunner().invoke(commands, ["import", "nowhere.csv", "--customer", "acme", "--currency", "eur"])
    assert (answer.exit_code, "nowhere.csv cannot be opened" in answer.output) == (1, True)
