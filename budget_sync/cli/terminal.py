"""Where commands print: a console that draws on a terminal and writes plain text into a pipe.

Text that came from a file passes ``printable`` first: a cell may hold escape sequences that would steer a terminal.
"""

import sys
import unicodedata
from decimal import Decimal

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
        table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    else:
        table = Table(box=None, header_style="", pad_edge=False, padding=(0, 2, 0, 0))
    for header in headers:
        table.add_column(header, overflow="fold")
    return table


def printable(text: str) -> str:
    """The text on one line, every control and direction-changing character shown as ``�``, line ends as a space."""
    one_line = " ".join(text.split())
    return "".join("\ufffd" if unicodedata.category(char) in ("Cc", "Cf", "Cs") else char for char in one_line)


def money(amount: Decimal) -> str:
    """With thousands separated and at least two decimals, as finance people read it: ``1,234,567.50``."""
    exponent = amount.normalize().as_tuple().exponent
    decimals = max(2, -exponent) if isinstance(exponent, int) else 2
    return f"{amount:,.{decimals}f}"
