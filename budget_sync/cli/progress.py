"""What a long job is doing: a live line with a bar on a terminal, one plain line a step in a pipe.

It goes to standard error; what a command prints as its result stays alone on standard output.
"""

import time
from types import TracebackType
from typing import Self

from rich.progress import BarColumn, SpinnerColumn, TaskProgressColumn, TextColumn, TimeElapsedColumn
from rich.progress import Progress as LiveProgress

from budget_sync.cli.terminal import console


class Progress:
    """The steps of one job, used within ``with``."""

    def __init__(self) -> None:
        self._target = console(error=True)
        self._live = self._target.is_terminal
        self._display = LiveProgress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(bar_width=30),
            TaskProgressColumn("{task.fields[counted]}"),
            TimeElapsedColumn(),
            console=self._target,
            transient=True,
            disable=not self._live,
        )
        self._task = self._display.add_task("", total=None, counted="")
        self._begun = time.monotonic()
        self._what = ""

    def __enter__(self) -> Self:
        self._display.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is None:
            self._finish_step()
        self._display.stop()

    def step(self, what: str) -> None:
        """The job does something else from now on."""
        self._finish_step()
        self._what = what
        self._begun = time.monotonic()
        self._display.reset(self._task, description=what, total=None, counted="")

    def count(self, done: int, total: int) -> None:
        """How far this step is."""
        self._display.update(self._task, completed=done, total=total, counted=f"{done:,} of {total:,}")

    def _finish_step(self) -> None:
        if self._what:
            self._target.print(f"{self._what:<44} {time.monotonic() - self._begun:5.1f} s", markup=False)
        self._what = ""
