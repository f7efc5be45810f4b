"""Amounts as people write them: one style a column, exact values, clear reasons."""

# ruff: noqa: RUF001 (apostrophes, dashes and digits of other scripts are what is tested)

import time
from decimal import Decimal

import pytest

from budget_sync.domain.amount_text import (
    PLAIN_STYLE,
    NotAnAmountError,
    NumberStyle,
    detect_style,
    is_amount_like,
    is_nil,
    parse_amount,
    parse_amounts,
)

COMMA = NumberStyle(",", ".")


@pytest.mark.parametrize(
    ("cells", "decimal", "group", "ambiguous"),
    [
        (["1234.5", "7"], ".", "", False),
        (["1,234.50", "12"], ".", ",", False),
        (["1.234,50"], ",", ".", False),
        (["5000,0"], ",", "", False),
        (["138,1", "247.184"], ",", ".", False),
        (["1.234.567"], ",", ".", False),
        (["1,234,567"], ".", ",", False),
        (["12,34,567"], ".", ",", False),
        (["4’176’000", "10.50"], ".", "'", False),
        (["4'176'000"], ".", "'", False),
        (["1 234 567,89"], ",", " ", False),
        (["1\u00a0234,5"], ",", " ", False),
        (["1\u2009234,5"], ",", " ", False),
        (["1,234"], ".", ",", True),
        (["1.234"], ",", ".", True),
        (["1,234", "2,345", "3,456", "4,567", "5,678"], ".", ",", False),
        (["1.234", "12345"], ".", "", False),
        (["1,100", "2050", "3070"], ".", ",", True),
        (["1.100", "2050", "13.070", "11.500"], ",", ".", True),
        (["0,123"], ",", "", False),
        (["0.123", "1.500"], ".", "", False),
        (["1234,567"], ",", "", False),
        (["12", "", "-"], ".", "", False),
        (["12.03.2025"], ".", "", False),
        (["$1,000", "$12,500", "$1.5"], ".", ",", False),
        (["4,25E+11", "38500000000"], ",", "", False),
        (["4.25E+11", "1E+12"], ".", "", False),
        ([], ".", "", False),
    ],
)
def test_all_cells_of_a_column_decide_its_one_style(
    cells: list[str], decimal: str, group: str, ambiguous: bool
) -> None:
    assert detect_style(cells) == NumberStyle(decimal, group, ambiguous)


@pytest.mark.parametrize(
    ("cells", "hint", "expected"),
    [
        (["1.234"], COMMA, NumberStyle(",", ".")),
        (["1.234"], NumberStyle(".", ","), NumberStyle(".", "")),
        (["1,234"], NumberStyle(".", ","), NumberStyle(".", ",")),
        (["1.234"], NumberStyle(".", ",", ambiguous=True), NumberStyle(",", ".", ambiguous=True)),
        (["12"], COMMA, NumberStyle(",", "")),
    ],
)
def test_the_columns_beside_it_decide_what_a_column_leaves_open(
    cells: list[str], hint: NumberStyle, expected: NumberStyle
) -> None:
    assert detect_style(cells, hint) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234.5", "1234.5"),
        ("-12", "-12"),
        ("+12", "12"),
        ("1,234.50", "1234.50"),
        ("1,23,456", "123456"),
        ("Rs. 1,23,456.50", "123456.50"),
        ("(1,234)", "-1234"),
        ("( 1,234.00 )", "-1234.00"),
        ("$(500)", "-500"),
        ("($500)", "-500"),
        ("-$1,000", "-1000"),
        ("$-1,000", "-1000"),
        ("\u22125", "-5"),
        ("5-", "-5"),
        ("5\u2212", "-5"),
        ("'4’176’000", None),
        ("+4’156’000", "4156000"),
        ("1\u00a0234", "1234"),
        ("1\u202f234 €", "1234"),
        ("US$ 1,000", "1000"),
        ("12 USD", "12"),
        ("EUR 12", "12"),
        ("500k", "500000"),
        ("£500m", "500000000"),
        ("1.5M", "1500000.0"),
        ("2 Mio. €", "2000000"),
        ("3 tys. zł", "3000"),
        ("12億円", "1200000000"),
        ("△1,234", "-1234"),
        ("▲ 5", "-5"),
        ("Rs. 5,00,000/-", "500000"),
        ("5'000.-", "5000"),
        ("100.--", "100"),
        ("2.35302E+11", "235302000000"),
        (".5", "0.5"),
        ("7.", "7"),
        ("1,234*", "1234"),
        (" $7,000.00 ", "7000.00"),
        ("007", "7"),
    ],
)
def test_an_amount_with_a_decimal_point_is_read_exactly(text: str, expected: str | None) -> None:
    if expected is None:
        with pytest.raises(NotAnAmountError):
            parse_amount(text)
    else:
        assert parse_amount(text) == Decimal(expected)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("5000,0", "5000.0"),
        ("(1.234)", "-1234"),
        ("1.234,50-", "-1234.50"),
        ("kr. 1.234,00", "1234.00"),
        ("1 234,5 zł", "1234.5"),
        ("1.234,5 lei", "1234.5"),
        ("1.234,5 дин.", "1234.5"),
        ("1 234,5 тг", "1234.5"),
        ("1.234.500đ", "1234500"),
        ("1,2 Mrd.", "1200000000.0"),
        ("1.234", "1234"),
    ],
)
def test_an_amount_with_a_decimal_comma_is_read_exactly(text: str, expected: str) -> None:
    assert parse_amount(text, COMMA) == Decimal(expected)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "-",
        "–",
        "—",
        "..",
        "....",
        "n/a",
        "N/A",
        "NA",
        "nil",
        "Nil",
        "$ -",
        "$-   ",
        "- €",
        "XXXX",
        "#Missing",
        "$",
        "…",
    ],
)
def test_a_nil_mark_is_no_amount_and_no_error(text: str) -> None:
    assert is_nil(text)
    assert parse_amount(text) is None
    assert not is_amount_like(text)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("12%", "percentage"),
        ("12.5 %", "percentage"),
        ("#REF!", "spreadsheet error"),
        ("#DIV/0!", "spreadsheet error"),
        ("١٢", "0 to 9"),
        ("１２", "0 to 9"),
        ("abc", "no amount"),
        ("12 apples", "no amount"),
        ("(12", "no amount"),
        ("12)", "no amount"),
        ("2025-03-01", "no amount"),
        ("NaN5", "no amount"),
        ("1_000", "no amount"),
        ("Infinity", "no amount"),
        ("1,2,3", "like the other amounts"),
        ("12.03.2025", "like the other amounts"),
        ("1.234,50", "like the other amounts"),
        ("1 23 45", "like the other amounts"),
    ],
)
def test_what_is_no_amount_says_why(text: str, reason: str) -> None:
    with pytest.raises(NotAnAmountError, match=reason):
        parse_amount(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1234", True),
        ("1.234,5", True),
        ("1,23,456", True),
        ("(5)", True),
        ("12%", False),
        ("2025-03-01", False),
        ("12.03.2025", False),
        ("Q1", False),
        ("(5", False),
        ("١٢", False),
    ],
)
def test_amount_like_text_is_known_without_a_style(text: str, expected: bool) -> None:
    assert is_amount_like(text) is expected


@pytest.mark.parametrize("text", ["1" + " " * 60 + "x", "1" + " " * 9_000 + "x", "1 " * 9_000, "9" * 9_000, "(" * 70])
def test_a_hostile_cell_costs_no_time(text: str) -> None:
    began = time.process_time()
    detect_style([text])
    assert not is_amount_like(text)
    with pytest.raises(NotAnAmountError):
        parse_amount(text, COMMA)
    assert time.process_time() - began < 0.5


def test_a_whole_column_is_read_with_the_bad_cells_by_position() -> None:
    parsed = parse_amounts(["1.234,5", "", "x9", "7", "1.234,5"], COMMA)
    assert parsed.values == [Decimal("1234.5"), None, None, Decimal(7), Decimal("1234.5")]
    assert list(parsed.reasons) == [2]


def test_numeric_cells_of_a_workbook_are_plain_whatever_its_text_cells_say() -> None:
    parsed = parse_amounts(["1234.567", "1.234,5"], COMMA, kinds="nt")
    assert parsed.values == [Decimal("1234.567"), Decimal("1234.5")]


def test_the_plain_style_is_a_point_and_nothing_between_thousands() -> None:
    assert NumberStyle(".", "", ambiguous=False) == PLAIN_STYLE
