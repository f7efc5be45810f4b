"""Which currency a header or a title names; letters that begin a name are none."""

import pytest

from budget_sync.mapping.currency_marks import currency_in


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Amount (EUR)", "EUR"),
        ("EUR Amount", "EUR"),
        ("USD Total", "USD"),
        ("EUR Mio", "EUR"),
        ("GBP Actual", "GBP"),
        ("USD BUDGET", "USD"),
        ("Plan 2025 in EUR", "EUR"),
        ("SEK Consulting", ""),
        ("CHF (Community Health Fund) Budget", ""),
    ],
)
def test_three_letters_are_a_currency_unless_a_name_goes_on_behind_them(text: str, code: str) -> None:
    assert currency_in(text) == code
