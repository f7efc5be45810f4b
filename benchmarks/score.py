"""Score ``budget-sync analyze`` on a labelled corpus and hold the figures against the floor.

usage: benchmarks/score.py CORPUS [--floor]

CORPUS is a folder with ``labels.jsonl``, ``files/`` and a ``score.py`` of its own, which counts. With ``--floor`` the
exit status is 1 when a figure is lower than in ``score_floor.toml``: raise a figure there when you better it, never
lower one.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_TRIFLE = 1e-9
_SURE = re.compile(r"([0-9.]+)%\s+(right among columns shown at confidence >= 0\.95)")


def main() -> None:
    """Run the corpus' own scorer on our command and compare."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--floor", action="store_true", help="fail when a figure is below score_floor.toml")
    parser.add_argument("--report", type=Path, help="keep the scorer's report here")
    arguments = parser.parse_args()
    scorer = arguments.corpus / "score.py"
    if not scorer.is_file():
        sys.exit(f"{arguments.corpus} is no labelled corpus: it has no score.py.")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        printed = subprocess.run(
            [sys.executable, str(scorer), "--command", f"{_command()} analyze --json", "--report", str(report)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        ).stdout
        print(printed, end="")
        figures = _figures(json.loads(report.read_text(encoding="utf-8"))) | _printed_alone(printed)
        if arguments.report:
            shutil.copy(report, arguments.report)
    if arguments.floor:
        _hold_against_floor(figures)


def _command() -> Path:
    """The ``budget-sync`` of this very environment."""
    return Path(sysconfig.get_path("scripts")) / "budget-sync"


def _figures(report: dict) -> dict[str, float]:
    """Shares between 0 and 1 by the scorer's own names, and the precision and recall of the mapping."""
    figures = {name: right / count for name, (right, count) in report["tally"].items()}
    fields = report["fields"].values()
    right, wrong, missed = (sum(field[verdict] for field in fields) for verdict in ("right", "wrong", "missed"))
    figures["mapping precision"] = right / max(right + wrong, 1)
    figures["mapping recall"] = right / max(right + wrong + missed, 1)
    return figures


def _printed_alone(printed: str) -> dict[str, float]:
    """The figure that the scorer prints without putting it into its report, by its own name."""
    return {name: float(share) / 100 for share, name in _SURE.findall(printed)}


def _hold_against_floor(figures: dict[str, float]) -> None:
    floor = tomllib.loads((_HERE / "score_floor.toml").read_text(encoding="utf-8"))["floor"]
    lower = {name: least for name, least in floor.items() if figures.get(name, 0.0) < least - _TRIFLE}
    for name, least in lower.items():
        print(f"LOWER THAN BEFORE: {name}: {figures.get(name, 0.0):.1%}, the floor is {least:.1%}")
    if lower:
        sys.exit(1)
    better = [name for name, least in floor.items() if figures[name] > least + _TRIFLE]
    print(f"No figure is below the floor; {len(better)} are above it: raise them in score_floor.toml.")


if __name__ == "__main__":
    main()
