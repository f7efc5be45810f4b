"""How the mapping does on repositories that its weights were not fitted on.

usage: benchmarks/cross_validate.py CORPUS [--folds N]

The labelled files are split by repository. For each fold the weights are fitted on the other folds, drawn towards
nought instead of the committed weights, and every file is scored by the corpus' own ``score.py``: once by weights that
saw its repository, once by weights that did not. The gap between the two is what an unknown file should expect.
Words, layouts and the structure of tables are rules, not weights: they are the same in both.
"""

import argparse
import importlib.util
import json
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import msgspec

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.mapping import score as mapping_score
from budget_sync.mapping import understand
from budget_sync.mapping.fit import LabelledFile, fit_weights, labelled_files
from budget_sync.mapping.score import FieldWeights
from budget_sync.reading import Document, read_document

_FIELDS = ("department", "subCategory", "fiscalPeriod", "budgetedAmount", "currency")
Weights = dict[str, FieldWeights]


def main() -> None:
    """Fit, score, print both columns of figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--folds", type=int, default=6)
    arguments = parser.parse_args()
    scorer = _scorer(arguments.corpus)
    labels = [json.loads(line) for line in (arguments.corpus / "labels.jsonl").read_text(encoding="utf-8").splitlines()]
    budgets = [label for label in labels if label["kind"] == "budget"]
    documents = {label["file"]: document for label in budgets if (document := _document(arguments.corpus, label))}
    files = list(labelled_files(arguments.corpus))
    repositories = sorted({label["repo"] for label in budgets})
    fold_of = {repository: place % arguments.folds for place, repository in enumerate(repositories)}
    committed = dict(mapping_score.field_weights())
    neutral = {name: FieldWeights(none=0.0, weights=dict.fromkeys(own.weights, 0.0)) for name, own in committed.items()}
    unseen: dict[str, list[object]] = {}
    for fold in range(arguments.folds):
        weights = _fitted(files, lambda repository, fold=fold: fold_of[repository] != fold, neutral)
        held_out = [label for label in budgets if fold_of[label["repo"]] == fold and label["file"] in documents]
        _merge(unseen, _verdicts(scorer, held_out, documents, weights))
    everything = [label for label in budgets if label["file"] in documents]
    seen = _verdicts(scorer, everything, documents, _fitted(files, lambda _: True, neutral))
    as_committed = _verdicts(scorer, everything, documents, committed)
    print(f"{'':44} committed  fitted, seen  fitted, unseen")
    for name in as_committed:
        print(f"{name:44} {_share(as_committed[name]):9.1%}  {_share(seen[name]):12.1%}  {_share(unseen[name]):14.1%}")


def _scorer(corpus: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("corpus_score", corpus / "score.py")
    if spec is None or spec.loader is None:
        sys.exit(f"{corpus} has no score.py.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _document(corpus: Path, label: dict) -> Document | None:
    path = corpus / "files" / label["file"]
    try:
        return read_document(path.read_bytes(), path.name)
    except UnreadableFileError:
        return None


def _fitted(files: list[LabelledFile], takes: Callable[[str], bool], start: Weights) -> Weights:
    columns = [column for file in files for column in file.columns if takes(column.repository)]
    return fit_weights(columns, start)


def _verdicts(scorer: ModuleType, labels: list[dict], documents: dict[str, Document], weights: Weights) -> dict:
    """For each figure a list of right or wrong."""
    kept = mapping_score.field_weights
    mapping_score.field_weights = lambda: weights
    found: dict[str, list[object]] = {name: [] for name in ("layout", "precision", "recall", "sum", "whole")}
    try:
        for label in labels:
            answer = json.loads(msgspec.json.encode(understand(documents[label["file"]]).analysis))
            _judge(scorer, label, answer, found)
    finally:
        mapping_score.field_weights = kept
    return found


def _judge(scorer: ModuleType, label: dict, answer: dict, found: dict[str, list[object]]) -> None:
    fields = scorer.score_fields(label, answer["mappings"])
    right, total = scorer.score_periods(label, answer["mappings"])
    layout = answer["layout"] in label.get("acceptable_layouts", [label["layout"]])
    same = scorer.same_sum(label, answer)
    found["layout"].append(layout)
    for field in _FIELDS:
        if fields[field] in ("right", "wrong"):
            found["precision"].append(fields[field] == "right")
        if fields[field] != "rightly empty":
            found["recall"].append(fields[field] == "right")
    if same is not None:
        found["sum"].append(same)
    mapped = all(verdict in ("right", "rightly empty") for verdict in fields.values())
    header = answer["headerRow"] == label["header_row"]
    found["whole"].append(header and layout and mapped and right == total and same is not False)


def _merge(all_folds: dict[str, list[object]], fold: dict[str, list[object]]) -> None:
    for name, verdicts in fold.items():
        all_folds.setdefault(name, []).extend(verdicts)


def _share(verdicts: list[object]) -> float:
    return sum(map(bool, verdicts)) / max(len(verdicts), 1)


if __name__ == "__main__":
    main()
