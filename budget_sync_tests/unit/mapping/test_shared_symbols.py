"""A symbol that several currencies share means the one that the words of the file name."""

import pytest

from budget_sync.mapping.shared_symbols import told_in_words
from budget_sync_tests.unit.mapping.tables import understood


@pytest.mark.parametrize(
    ("guess", "texts", "code"),
    [
        ("USD", ["Presupuesto 2026 ($)"], "USD"),
        ("USD", ["Presupuesto 2026 ($)", "Cifras en pesos"], ""),
        ("USD", ["Presupuesto 2026 ($)", "Cifras en pesos mexicanos"], "MXN"),
        ("USD", ["Total (US$)", "Cifras en pesos"], "USD"),
        ("USD", ["USD 100", "pesos"], "USD"),
        ("USD", ["Budget ($)", "all amounts in Canadian dollars"], "CAD"),
        ("CAD", ["Total (C$)", "Moneda: Córdoba (C$)"], "NIO"),
        ("SEK", ["Beløp i kroner", "kr"], ""),
        ("EUR", ["pesos", "Betrag (€)"], "EUR"),
    ],
)
def test_words_settle_what_a_shared_symbol_means(guess: str, texts: list[str], code: str) -> None:
    assert told_in_words(guess, texts) == code


@pytest.mark.parametrize(("title", "code"), [("Cifras en pesos", ""), ("Pesos chilenos", "CLP"), ("Cuadro 1", "USD")])
def test_a_title_says_which_dollar_or_peso_the_figures_are_in(title: str, code: str) -> None:
    understanding = understood(f"""
        {title}     |
        Rubro       | Presupuesto 2026 ($)
        Sueldos     | 12000
        Viáticos    | 3000
        Suministros | 900
    """)
    assert (understanding.currency.value if understanding.currency else "") == code
