"""Text of strangers in a table stays text in a table."""

from decimal import Decimal

import pytest

from budget_sync.orchestration.tables import shown_list, shown_table, shown_text


def test_every_record_has_a_cell_for_every_column() -> None:
    table = shown_table(["a", "b"], [["1"], ["1", "2", "3"]])
    assert [record.data for record in table.records] == [{"a": "1", "b": None}, {"a": "1", "b": "2"}]


def test_headers_that_are_empty_or_come_twice_lose_no_cell() -> None:
    table = shown_table(["Amount", "", "Amount"], [["1", "2", "3"]])
    assert list(table.records[0].data) == ["Amount (column 1)", "(column 2)", "Amount (column 3)"]
    assert [column.name for column in table.schema.columns] == list(table.records[0].data)


def test_columns_say_what_they_hold() -> None:
    table = shown_table(["n", "x", "ok", "text"], [[1, 0.5, True, "a"], [2, 1, False, None]])
    assert [column.type for column in table.schema.columns] == ["int", "float", "bool", "string"]


def test_money_is_shown_as_it_is() -> None:
    assert shown_table(["amount"], [[Decimal("1234567890123.4500")]]).records[0].data["amount"] == "1234567890123.4500"


def test_sentences_stand_one_below_the_other() -> None:
    assert [record.data["why"] for record in shown_list("why", ["first", "second"]).records] == ["first", "second"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [("two\nlines", "two lines"), ("budget\u202efdp.csv", "budget fdp.csv"), ("x" * 200, "x" * 119 + "…")],
)
def test_a_cell_is_one_line_of_printable_text(text: str, shown: str) -> None:
    assert shown_text(text) == shown
