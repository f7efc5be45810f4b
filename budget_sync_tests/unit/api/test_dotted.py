"""The members of a form as the JSON that a program would send."""

import json

import pytest

from api.pages.admin.dotted import nested_body
from budget_sync.domain.errors import InvalidRequestError


def test_names_with_dots_stand_within_each_other_and_empty_ones_are_left_out() -> None:
    members = {"name": "head office", "connection.host": "h", "connection.folder": "", "options.currency": "EUR"}
    assert json.loads(nested_body(members)) == {
        "name": "head office",
        "connection": {"host": "h"},
        "options": {"currency": "EUR"},
    }


def test_numbers_and_lists_are_what_they_are_meant_as_and_strange_ones_go_as_written() -> None:
    members = {"connection.port": "2222", "tab": "x1", "patterns": "*.csv, ,*.xlsx"}
    body = nested_body(members, frozenset({"connection.port", "tab"}), frozenset({"patterns"}))
    assert json.loads(body) == {"connection": {"port": 2222}, "tab": "x1", "patterns": ["*.csv", "*.xlsx"]}


@pytest.mark.parametrize(
    "members",
    [
        {"connection": "x", "connection.host": "y"},
        {"connection.host": "y", "connection": "x"},
        {".": "x", "": "y"},
        {"a." * 4000 + "b": "x"},
    ],
    ids=["within a text", "over others", "no name", "without end"],
)
def test_a_name_without_a_place_beside_the_others_is_refused(members: dict[str, str]) -> None:
    with pytest.raises(InvalidRequestError, match="The form has no member"):
        nested_body(members)


def test_a_number_that_json_cannot_hold_goes_as_it_was_written() -> None:
    assert json.loads(nested_body({"port": "9" * 5000}, frozenset({"port"}))) == {"port": "9" * 5000}
