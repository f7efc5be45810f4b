"""Reports itself to the guard of its group, then becomes the program that it was started for.

Runs with the standard library alone (``python -I -S``). In, on the command line: the guard's pipe and the program with
its arguments. The pipe stays open until the report is written, so that the guard hears of the group even if the
parent is killed at this very moment.
"""

import os
import sys


def main() -> None:
    """Report, close the pipe, become the program."""
    pipe, program = int(sys.argv[1]), sys.argv[2:]
    os.write(pipe, f"+{os.getpid()}\n".encode())
    os.close(pipe)
    os.execv(program[0], program)  # noqa: S606 - our own program, by its path  # nosec B606


if __name__ == "__main__":
    main()
