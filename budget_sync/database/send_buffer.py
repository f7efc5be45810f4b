"""Room on the way to a server of this machine, as much as the system allows.

In: a new connection. Out: the same. A COPY of some megabytes goes on its way at once: each time that the usual 200 kB
were full, PostgreSQL ran out of rows while the thread that prepares the next ones let us on.
"""

import os
import socket

from psycopg import Connection
from psycopg.rows import TupleRow

_BYTES = 4 * 1024 * 1024


def make_room(connection: Connection[TupleRow]) -> None:
    """Only of a Unix socket: the system fits the room of others to their distance, and would cease to."""
    with socket.socket(fileno=os.dup(connection.fileno())) as own:
        if own.family is socket.AF_UNIX:
            own.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, _BYTES)
