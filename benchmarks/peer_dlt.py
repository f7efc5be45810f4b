"""A peer of the import: dlt loads a CSV file into PostgreSQL. Usage: peer_dlt.py URL FILE."""

import csv
import sys
from collections.abc import Iterator
from itertools import islice

import dlt

_PAGE = 10_000


def rows(path: str) -> Iterator[list[dict[str, str]]]:
    """The rows in pages, which dlt takes faster than one by one."""
    with open(path, newline="") as file:  # noqa: PTH123 - as its users write it
        reader = csv.DictReader(file)
        while page := list(islice(reader, _PAGE)):
            yield page


if __name__ == "__main__":
    _, url, path = sys.argv
    pipeline = dlt.pipeline("peer", destination=dlt.destinations.postgres(url), dataset_name="peer_dlt")
    pipeline.run(dlt.resource(rows(path), name="budget"), write_disposition="append")
