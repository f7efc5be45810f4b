"""One line of a table of measurements: what was measured, its bar, and whether it is met."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """One run. ``cpu``: seconds of the process itself, without the server's: they tell a busy machine from slow code.

    ``megabytes``: the largest resident size, None where it was not looked at.
    """

    seconds: float
    cpu: float
    megabytes: float | None = None


@dataclass(frozen=True)
class Bar:
    """What a figure is held against, in words, and whether it holds."""

    words: str
    is_met: bool


@dataclass(frozen=True)
class Figure:
    """A measurement with its bars; without any it is only shown."""

    name: str
    run: Run
    bars: tuple[Bar, ...] = ()

    @property
    def is_met(self) -> bool:
        """Whether all bars hold."""
        return all(bar.is_met for bar in self.bars)

    def __str__(self) -> str:
        size = "" if self.run.megabytes is None else f"{self.run.megabytes:,.0f} MB"
        bars = ", ".join(f"{bar.words}: {'ok' if bar.is_met else 'MISSED'}" for bar in self.bars)
        return f"{self.name:52} {self.run.seconds:9.3f} s {self.run.cpu:9.3f} s {size:>9}  {bars}".rstrip()


HEADINGS = f"{'':52} {'wall':>11} {'CPU':>11} {'memory':>9}"


def median_of(runs: Sequence[Run]) -> Run:
    """The median of each figure; of the memory the largest."""
    sizes = [run.megabytes for run in runs if run.megabytes is not None]
    return Run(
        statistics.median(run.seconds for run in runs),
        statistics.median(run.cpu for run in runs),
        max(sizes) if sizes else None,
    )


def below(seconds: float, run: Run) -> Bar:
    """Held against the clock."""
    return Bar(f"< {seconds:g} s", run.seconds < seconds)


def smaller(megabytes: float, run: Run) -> Bar:
    """Held against memory."""
    return Bar(f"< {megabytes:g} MB", run.megabytes is not None and run.megabytes < megabytes)


def times(most: float, run: Run, other: Run, words: str) -> Bar:
    """Held against another run on the same machine; the ratio that was found stands behind."""
    ratio = run.seconds / other.seconds
    return Bar(f"<= {most:.2g} x {words} ({ratio:.2f})", ratio <= most)
