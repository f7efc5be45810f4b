"""The demo's folder: ``<home>/demo``, empty at the start of each demo, and held by one demo at a time."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from budget_sync.cli.one_at_a_time import alone_in
from budget_sync.database.embedded import EmbeddedServer
from budget_sync.database.embedded_cluster import Cluster
from budget_sync.domain.errors import InvalidRequestError

_OURS = ("expected.toml",)


@dataclass(frozen=True, slots=True)
class DemoPlace:
    """``home`` holds the installation, ``partner`` the files that the SFTP server shows."""

    home: Path

    @property
    def partner(self) -> Path:
        """The partner's folder."""
        return self.home / "partner"

    @property
    def logs(self) -> Path:
        """What the programs of the demo wrote."""
        return self.home / "logs"

    def put(self, files: list[Path]) -> None:
        """Copy the files into the partner's folder."""
        self.partner.mkdir(parents=True)
        for file in files:
            shutil.copyfile(file, self.partner / file.name)


@contextmanager
def fresh_place(home: Path) -> Iterator[DemoPlace]:
    """The demo's folder under ``home``, emptied; ours until the block ends.

    Raises:
        ConflictError: another demo holds it.
    """
    place = DemoPlace((home / "demo").resolve())
    with alone_in(home, "demo"):
        _empty(place)
        yield place


def _empty(place: DemoPlace) -> None:
    if Cluster(place.home).pid_file.exists():
        EmbeddedServer.join(place.home).leave()  # the server of a killed demo: the last to leave waits until it stopped
    if place.home.exists():
        shutil.rmtree(place.home)
    place.home.mkdir(parents=True)


def files_of(folder: Path) -> list[Path]:
    """The files of a folder that a partner could send, by name: not hidden ones, not those that describe samples.

    Raises:
        InvalidRequestError: there is none.
    """
    files = [path for path in folder.iterdir() if path.is_file() and not path.name.startswith(".")]
    chosen = sorted(path for path in files if path.name not in _OURS)
    if not chosen:
        raise InvalidRequestError(f"There are no files in {folder}.")
    return chosen
