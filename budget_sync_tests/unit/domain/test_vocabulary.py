"""The vocabulary's files: what a person may edit without breaking what reads them."""

# ruff: noqa: RUF001 (signs of other scripts are what is tested)

import tomllib
from collections import defaultdict
from importlib.resources import files

import pytest

from budget_sync.domain.fields import FileType, TargetField
from budget_sync.domain.vocabulary import Phrases, fold_phrase, vocabulary, words_of
from budget_sync.domain.vocabulary.lexicon import shared_words
from budget_sync.domain.vocabulary.money import currencies
from budget_sync.domain.vocabulary.scale import find_scale

FIELDS = vocabulary().fields


def test_no_word_stands_under_two_fields_without_a_reason() -> None:
    reasoned = {fold_phrase(word) for group in shared_words() for word in group.words}
    fields_of = defaultdict(set)
    for field, words in FIELDS.items():
        for word in words.positive.weights:
            fields_of[word].add(field)
    assert {word for word, fields in fields_of.items() if len(fields) > 1} == reasoned
    assert all(group.reason for group in shared_words())


@pytest.mark.parametrize("field", list(TargetField))
def test_no_word_speaks_for_and_against_the_same_field(field: TargetField) -> None:
    assert not FIELDS[field].positive.weights.keys() & FIELDS[field].negative.weights.keys()


def test_no_phrase_folds_to_nothing_or_to_one_latin_letter() -> None:
    tables = [table for words in FIELDS.values() for table in (words.positive, words.negative)]
    tables += [vocabulary().scales, vocabulary().versions, vocabulary().revenue, vocabulary().expense]
    short = [
        phrase for table in tables for phrase in table.weights if not phrase or (len(phrase) < 2 and phrase < "\u0250")
    ]
    assert short == []


def test_every_file_says_in_its_first_line_what_it_is() -> None:
    folder = files("budget_sync.domain.vocabulary")
    for file in [*folder.iterdir(), *folder.joinpath("fields").iterdir()]:
        if file.name.endswith(".toml"):
            assert file.read_text("utf-8").startswith("# "), file.name
            assert tomllib.loads(file.read_text("utf-8")), file.name


def test_every_currency_symbol_and_name_belongs_to_a_code() -> None:
    money = currencies()
    named = {
        *money.symbols.values(),
        *money.names.values(),
        *(code for codes in money.shared.values() for code in codes),
    }
    assert named <= money.active_codes
    assert set(money.codes.also_words) <= money.active_codes
    assert money.code_of["€"] == "EUR"
    assert money.code_of["$"] == "USD"


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Cost Centre Name", TargetField.DEPARTMENT),
        ("Kostenstelle", TargetField.DEPARTMENT),
        ("Unidad Ejecutora", TargetField.DEPARTMENT),
        ("Centre de coûts", TargetField.DEPARTMENT),
        ("部門名", TargetField.DEPARTMENT),
        ("成本中心", TargetField.DEPARTMENT),
        ("부서명", TargetField.DEPARTMENT),
        ("GL Account Name", TargetField.SUB_CATEGORY),
        ("accountName", TargetField.SUB_CATEGORY),
        ("Sachkonto", TargetField.SUB_CATEGORY),
        ("Partida presupuestaria", TargetField.SUB_CATEGORY),
        ("勘定科目", TargetField.SUB_CATEGORY),
        ("fiscal_year", TargetField.FISCAL_PERIOD),
        ("Haushaltsjahr", TargetField.FISCAL_PERIOD),
        ("Exercício", TargetField.FISCAL_PERIOD),
        ("年度", TargetField.FISCAL_PERIOD),
        ("budget2023", TargetField.BUDGETED_AMOUNT),
        ("Dotação Inicial", TargetField.BUDGETED_AMOUNT),
        ("Schválený\n rozpočet", TargetField.BUDGETED_AMOUNT),
        ("売上予算", TargetField.BUDGETED_AMOUNT),
        ("Währung", TargetField.CURRENCY),
        ("Waluta", TargetField.CURRENCY),
        ("歳入歳出", TargetField.LINE_TYPE),
    ],
)
def test_a_header_is_known_in_many_languages(header: str, field: TargetField) -> None:
    weights = {other: FIELDS[other].positive.weight(header) for other in TargetField}
    assert max(weights, key=lambda other: weights[other]) is field
    assert weights[field] == 1.0


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Department Owner", TargetField.DEPARTMENT),
        ("Vendor", TargetField.SUB_CATEGORY),
        ("Budget actual", TargetField.BUDGETED_AMOUNT),
        ("Invoice Date", TargetField.FISCAL_PERIOD),
        ("Exchange rate", TargetField.CURRENCY),
    ],
)
def test_a_header_of_something_else_is_known_as_such(header: str, field: TargetField) -> None:
    assert header in FIELDS[field].negative


def test_versions_are_ranked_as_the_semantics_say() -> None:
    ranks = [vocabulary().versions.weight(word) for word in ("Requested", "Draft", "Approved", "Revised")]
    assert ranks == [1, 2, 3, 4]
    assert vocabulary().versions.weight("Schválený rozpočet") == 3
    assert vocabulary().versions.weight("rozpočet po změnách") == 4


def test_figures_that_are_no_budget_are_known() -> None:
    figures = vocabulary().figures
    assert "FY22 Actual Expense" in figures.actual
    assert "Hochrechnung" in figures.forecast
    assert "Vorjahr" in figures.prior
    assert "Abweichung zum Vorjahr" in figures.difference
    assert "Haushaltsansatz 2025" in figures.budget


def test_rows_and_lines_are_known_by_their_words() -> None:
    words = vocabulary()
    assert "Grand Total" in words.rows.total
    assert "Zwischensumme" in words.rows.subtotal
    assert words.rows.derived.is_whole("Net income")
    assert "Quelle: Kämmerei" in words.rows.note
    assert "Recettes" in words.revenue
    assert "歳出" in words.expense
    assert "CAPEX" in words.measures
    assert "EBITDA" in words.derived_measures


def test_every_kind_of_file_has_words_for_its_headers_and_titles() -> None:
    for kind in FileType:
        signs = vocabulary().file_types[kind]
        assert signs.headers.weights
        assert signs.titles.weights
    assert "variance" in vocabulary().reports.headers
    assert "Gewinn- und Verlustrechnung 2024" in vocabulary().statements


@pytest.mark.parametrize(
    ("text", "factor"),
    [
        ("(in thousands)", 1_000),
        ("MONTANT\n(en milliers)", 1_000),
        ("T€", 1_000),
        ("$000s", 1_000),
        ("Amounts in 000", 1_000),
        ("x 1000", 1_000),
        ("単位：千円", 1_000),
        ("in Mio. CHF", 1_000_000),
        ("Budget ($ millions)", 1_000_000),
        ("£m", 1_000_000),
        ("Rs in Crore", 10_000_000),
        ("1,000,000", None),
        ("Item 000", None),
        ("The 3 million grant", None),
        ("Marketing", None),
        ("Budget in Million Dollars", 1_000_000),
        ("Thousands of US Dollars", 1_000),
        ("EUR MN", 1_000_000),
        ("City of Thousand Oaks Budget 2025", None),
        ("One Million Trees", None),
        ("Duluth, MN Budget", None),
        ("Mill Creek School District", None),
    ],
)
def test_a_scale_is_found_and_a_quantity_is_not(text: str, factor: int | None) -> None:
    assert find_scale(text) == factor


def test_words_come_apart_at_figures_capitals_and_signs() -> None:
    assert words_of("chf_2019") == ("chf", "2019")
    assert words_of("budget2023") == ("budget", "2023")
    assert words_of("fiscalYear") == ("fiscal", "year")
    assert words_of("GLAccount") == ("gl", "account")
    assert words_of("Coût total (€)") == ("cout", "total")


def test_the_longest_phrase_wins_and_no_word_counts_twice() -> None:
    table = Phrases({"cost": 0.5, "cost centre": 1.0, "予算": 1.0, "予算額": 0.5, "額": 0.2})
    assert [(hit.phrase, hit.start, hit.end) for hit in table.hits("Cost centre cost")] == [
        ("cost centre", 0, 2),
        ("cost", 2, 3),
    ]
    assert [hit.phrase for hit in table.hits("当初予算額")] == ["予算額"]
    assert "金額" not in table
    assert "額" in table
    assert table.weight("nothing") == 0.0
