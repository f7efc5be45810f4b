"""Messy files made from known rows give the rows back.

``BUDGET_SYNC_MESSY_FILES`` sets how many are made; with 10,000 it takes a minute. At least 99 in 100 must be read
exactly: a single cell in other quotes than the rest of its file may mean either.
"""

import os
from dataclasses import dataclass

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from budget_sync.reading import read_document

FILES = int(os.environ.get("BUDGET_SYNC_MESSY_FILES", "150"))
WORDS = ("Rent", "Travel", "Café", "R&D", "IT services", "Löhne", "Früh", "Éducation", "Sales (north)", "Overhead 2")
ENDS = ("\n", "\r\n", "\r")
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252")
DELIMITERS = (",", ";", "\t", "|", "^", "~")

label = st.sampled_from(WORDS)
remark = st.one_of(
    st.sampled_from(["", "see note", "new", "n/a"]),
    st.sampled_from(['the "big" one', "first, then second", "a; b", "two\nlines", "a|b", "tab\there", "it's ours"]),
)
amount = st.integers(0, 9_999_999).map(lambda cents: f"{cents / 100:.2f}")
line = st.tuples(label, label, st.sampled_from(["2025-01", "2025-02", "FY2025"]), amount, remark).map(list)


@dataclass(frozen=True)
class Mess:
    """How a file is written, and what is wrong with it."""

    delimiter: str
    end: str
    encoding: str
    quote: str
    escape: str
    quotes_all: bool
    titles: list[str]
    blank_rows: list[int]
    last_end: bool
    trailing_delimiters: list[int]


messes = st.builds(
    Mess,
    delimiter=st.sampled_from(DELIMITERS),
    end=st.sampled_from(ENDS),
    encoding=st.sampled_from(ENCODINGS),
    quote=st.sampled_from(['"', '"', '"', "'"]),
    escape=st.sampled_from(["", "", "\\"]),
    quotes_all=st.booleans(),
    titles=st.lists(st.sampled_from(["Budget 2025", "City of Example", ""]), max_size=3),
    blank_rows=st.lists(st.integers(1, 30), max_size=3),
    last_end=st.booleans(),
    trailing_delimiters=st.lists(st.integers(0, 30), max_size=2),
)


def written(rows: list[list[str]], mess: Mess) -> tuple[bytes, list[list[str]]]:
    """The file, and its records as they should be read: blank ones and titles where they stand."""

    def cell(text: str) -> str:
        marks = (mess.delimiter, mess.quote, "\n", "'", '"')
        if not mess.quotes_all and not any(mark in text for mark in marks):
            return text
        return mess.quote + text.replace(mess.quote, (mess.escape or mess.quote) + mess.quote) + mess.quote

    lines = list(mess.titles)
    records = [[title] if title else [] for title in mess.titles]
    for number, row in enumerate(rows):
        if number in mess.blank_rows:
            lines.append("")
            records.append([])
        extra = mess.delimiter * (number in mess.trailing_delimiters)
        lines.append(mess.delimiter.join(map(cell, row)) + extra)
        records.append(row)
    text = mess.end.join(line.replace("\n", mess.end) for line in lines) + mess.end * mess.last_end
    return text.encode(mess.encoding), records


def test_messy_files_give_their_rows_back() -> None:
    misread: list[tuple[Mess, list[list[str]]]] = []

    @settings(
        max_examples=FILES,
        deadline=None,
        database=None,
        derandomize="BUDGET_SYNC_MESSY_FILES" not in os.environ,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(body=st.lists(line, min_size=4, max_size=40), mess=messes)
    def read_back(body: list[list[str]], mess: Mess) -> None:
        content, records = written([["Department", "Category", "Period", "Amount", "Remark"], *body], mess)
        document = read_document(content, "budget.csv")
        if document.grids[0].rows != records or document.delimiter != mess.delimiter:
            misread.append((mess, body))

    read_back()
    assert len(misread) <= FILES // 100, misread[0]
