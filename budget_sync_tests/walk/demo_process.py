"""A demo as a process of its own, watched from outside: what it prints, what it answers, what it leaves behind."""

import os
import re
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import httpx

PROGRAM = Path(sys.executable).with_name("budget-sync")
_ADDRESS = re.compile(r"^(Dagster UI|Service|API key|Drop files in) +(\S+)", re.MULTILINE)


class DemoProcess:
    """``budget-sync demo`` with a home of its own; what it writes is read as it comes."""

    def __init__(self, home: Path, *arguments: str) -> None:
        self.home = home
        environment = os.environ | {"BUDGET_SYNC_HOME": str(home), "PYTHONUNBUFFERED": "1"}
        self.process = subprocess.Popen(
            [str(PROGRAM), "demo", *arguments],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self._lines: list[str] = []
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    @property
    def output(self) -> str:
        """All that it has written so far, both streams."""
        return "".join(self._lines)

    @property
    def addresses(self) -> dict[str, str]:
        """What it says of where to look on, by the words before it."""
        return dict(_ADDRESS.findall(self.output))

    def ask(self, path: str, **query: Any) -> Any:
        """What the service answers to a GET with the key that the demo printed."""
        headers = {"Authorization": f"Bearer {self.addresses['API key']}"}
        answer = httpx.get(f"{self.addresses['Service']}{path}?{urlencode(query)}", headers=headers)
        answer.raise_for_status()
        return answer.json()

    def graphql(self, query: str) -> Any:
        """What Dagster answers."""
        root = self.addresses["Dagster UI"].partition("/locations")[0]
        answer = httpx.post(f"{root}/graphql", json={"query": query}, timeout=20)
        answer.raise_for_status()
        return answer.json()["data"]

    def history_of(self, file_name: str) -> list[dict[str, Any]]:
        """The imports of this file, the newest first."""
        return [each for each in self.ask("/api/imports/history")["imports"] if each["fileName"] == file_name]

    def left_behind(self) -> list[str]:
        """The processes of this demo that still run."""
        return left_behind(self.home)

    def end(self) -> None:
        """Make sure that it is over, however the test went."""
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(60)
        self._reader.join(10)

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.append(line)


def left_behind(home: Path) -> list[str]:
    """The processes that still carry this home in their arguments or their environment, but for our own."""
    listed = subprocess.run(["ps", "axeww", "-o", "pid=,stat=,command="], capture_output=True, text=True, check=True)
    rows = [line.split(maxsplit=2) for line in listed.stdout.splitlines()]
    return [
        row[2][:200]
        for row in rows
        if len(row) == 3 and str(home) in row[2] and row[0] != str(os.getpid()) and not row[1].startswith("Z")
    ]
