"""Where commands draw: a console with colours and tables on a terminal, plain text in a pipe."""

import sys

from rich import box
from rich.console import Console
from rich.table import Table

_PIPE_WIDTH = 400  # wide enough that no row of a table is folded: a pipe's reader wants one row a line


def console(*, error: bool = False) -> Console:
    """A console on standard output, or on standard error where progress belongs."""
    stream = sys.stderr if error else sys.stdout
    if stream.isatty():
        return Console(stderr=error, highlight=False)
    return Console(stderr=error, highlight=False, width=_PIPE_WIDTH, color_system=None)


def new_table(target: Console, *headers: str) -> Table:
    """An empty table in the house style: light lines on a terminal, bare columns in a pipe."""
    if target.is_terminal:
        table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, padding=(0, 2, 0, 0))
    else:
        table = Table(box=None, header_style="", pad_edge=False, padding=(0, 2, 0, 0))
    for header in headers:
        table.add_column(header, overflow="fold")
    return table
