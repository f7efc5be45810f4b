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
        ("USD", ["Presupuesto en dólares (tipo de cambio: 17 pesos mexicanos)"], "USD"),
        ("USD", ["Budget ($), exchange rate 1.35 Canadian dollars"], "USD"),
        ("SEK", ["Belopp i svenska kronor", "Norske kroner"], "SEK"),
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


@pytest.mark.parametrize("header", ["Peso", "Peso %", "Canadian dollar rate", "Pesos por unidad"])
def test_a_header_of_other_figures_says_nothing_of_the_amounts(header: str) -> None:
    understanding = understood(f"""
        Department | Item     | {header} | Budget 2026
        Health     | Salaries | 1.35 | $12000
        Health     | Travel   | 1.30 | $3000
        Works      | Supplies | 1.28 | $900
    """)
    assert understanding.currency is not None
    assert understanding.currency.value == "USD"


def test_a_header_of_amounts_says_which_pesos_they_are() -> None:
    understanding = understood("""
        Rubro       | Presupuesto 2026 (pesos mexicanos)
        Sueldos     | $12000
        Viáticos    | $3000
        Suministros | $900
    """)
    assert understanding.currency is not None
    assert understanding.currency.value == "MXN"


def test_a_title_that_gives_the_rate_beside_the_currency_leaves_it() -> None:
    understanding = understood("""
        Presupuesto 2026 en dólares (tipo de cambio: 17 pesos mexicanos) |
        Rubro       | Presupuesto 2026
        Sueldos     | $12000
        Viáticos    | $3000
        Suministros | $900
    """)
    assert understanding.currency is not None
    assert understanding.currency.value == "USD"
