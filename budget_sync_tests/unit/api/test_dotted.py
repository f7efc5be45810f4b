"""The members of a form as the JSON that a program would send."""

import json

from api.pages.admin.dotted import nested_body


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
