"""How much a connection takes at once of what COPY sends."""

import os
import socket

from budget_sync.database import Database

KERNEL_ROOM = (socket.SOL_SOCKET, socket.SO_SNDBUF)


def test_a_connection_on_this_machine_has_more_room_than_a_usual_one(database: Database) -> None:
    usual, other = socket.socketpair(socket.AF_UNIX)
    with usual, other, database.system() as connection, socket.socket(fileno=os.dup(connection.fileno())) as ours:
        assert ours.family is socket.AF_UNIX
        assert ours.getsockopt(*KERNEL_ROOM) > usual.getsockopt(*KERNEL_ROOM)
