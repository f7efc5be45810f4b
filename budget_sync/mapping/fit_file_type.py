"""The weights of the kinds of files are fitted again from a folder of labelled files.

usage: python -m budget_sync.mapping.fit_file_type FOLDER [--folds N]

FOLDER has ``files/`` and ``labels.jsonl``, one JSON object a line: ``file``, ``repo``, ``kind`` and, where several are
right, ``acceptable_kinds``. Multinomial regression, drawn towards the committed weights so that few files cannot bend
them. How sharp the confidences are and the highest that is shown come from files of repositories that a fit from
nought did not see. Writes ``file_type_weights.toml`` beside this module and prints what was measured.
"""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.mapping.amount_cells import amount_cells
from budget_sync.mapping.context import read_context
from budget_sync.mapping.customer_words import NO_WORDS
from budget_sync.mapping.evidence import FileEvidence
from budget_sync.mapping.file_type import KINDS, FileTypeWeights, file_type_weights
from budget_sync.mapping.file_type_features import features_of
from budget_sync.mapping.sheet import read_rows, settled
from budget_sync.mapping.sheet_choice import choose_sheet
from budget_sync.mapping.summary import evidence_of
from budget_sync.mapping.understanding import UnderstandingRequest
from budget_sync.reading import Document, read_document

_TARGET = Path(__file__).resolve().parent / "file_type_weights.toml"
_FOLDS = 6
_PULL = 10.0  # how strongly the weights that one starts from hold
_LOOSE = 0.1  # the same where one starts from nought
_STEPS, _RATE = 600, 1.0
_SHARPNESS = tuple(step / 5 for step in range(2, 31))
_DOUBT = 1.0  # a wrong and a right answer are added to those that were counted
Matrix = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class LabelledKind:
    """One file: its figures in the order of the weights, a 1 first; what share of the truth each kind has."""

    repository: str
    figures: Matrix
    truth: Matrix


@dataclass(frozen=True, slots=True)
class Measured:
    """What files of unseen repositories told: the share of right answers, sharpness, and the highest confidence."""

    right: float
    sharpness: float
    highest: float


def labelled_kinds(folder: Path) -> Iterator[LabelledKind]:
    """Every file of the folder that can be read."""
    names = list(file_type_weights().weights)
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        path = folder / "files" / label["file"]
        try:
            document = read_document(path.read_bytes(), path.name)
        except UnreadableFileError:
            continue
        values = features_of(file_evidence(document)).values
        accepted = label.get("acceptable_kinds") or [label["kind"]]
        yield LabelledKind(
            label["repo"],
            np.array([1.0, *(values[name] for name in names)]),
            np.array([(kind.value in accepted) / len(accepted) for kind in KINDS]),
        )


def file_evidence(document: Document) -> FileEvidence:
    """What the kind of a file is judged by, as it is when the file is understood."""
    request = UnderstandingRequest()
    reading = choose_sheet(document, request)
    context = read_context(document, reading.grid, reading.header, reading.columns, request.defaults)
    rows = read_rows(reading, amount_cells(reading)[1])
    return evidence_of(document, settled(reading, rows), context, rows, NO_WORDS)


def fit(files: Sequence[LabelledKind], start: Matrix, pull: float) -> Matrix:
    """Weights (figures by kinds) that tell the kinds apart, drawn towards ``start``."""
    figures = np.array([file.figures for file in files])
    truth = np.array([file.truth for file in files])
    weights = start.copy()
    for _ in range(_STEPS):
        wrong = _shares(figures @ weights) - truth
        weights -= _RATE * (figures.T @ wrong + pull * (weights - start)) / len(files)
    return weights


def measure(files: Sequence[LabelledKind], folds: int = _FOLDS) -> Measured:
    """Each file judged by weights that no file of its repository had a part in."""
    repositories = sorted({file.repository for file in files})
    fold_of = {repository: place % folds for place, repository in enumerate(repositories)}
    scores = np.zeros((len(files), len(KINDS)))
    nought = np.zeros((len(files[0].figures), len(KINDS)))
    for fold in range(folds):
        weights = fit([file for file in files if fold_of[file.repository] != fold], nought, _LOOSE)
        for place, file in enumerate(files):
            if fold_of[file.repository] == fold:
                scores[place] = file.figures @ weights
    truth = np.array([file.truth for file in files])
    right = truth[np.arange(len(files)), scores.argmax(axis=1)] > 0
    sharpness = min(_SHARPNESS, key=lambda one: _surprise(_shares(one * scores), truth))
    sure = _shares(sharpness * scores).max(axis=1)
    surest = right[sure >= np.median(sure)]  # of the surer half, the share that was right is the most to be shown
    return Measured(
        float(right.mean()), sharpness, round(float((surest.sum() + _DOUBT) / (len(surest) + 2 * _DOUBT)), 3)
    )


def _shares(scores: Matrix) -> Matrix:
    raised = np.exp(scores - scores.max(axis=1, keepdims=True))
    shares: Matrix = raised / raised.sum(axis=1, keepdims=True)
    return shares


def _surprise(shares: Matrix, truth: Matrix) -> float:
    """How unlikely the truth was held to be, on average; of several right kinds any will do."""
    held = (shares * (truth > 0)).sum(axis=1)
    return float(-np.log(np.maximum(held, 1e-9)).mean())


def as_matrix(weights: FileTypeWeights) -> Matrix:
    """The committed weights, the start first."""
    rows = [weights.start, *weights.weights.values()]
    return np.array([[row.get(kind.value, 0.0) for kind in KINDS] for row in rows])


def weights_toml(matrix: Matrix, sharpness: float, highest: float) -> str:
    """The weights as the committed file has them."""
    start = "\n".join(f"{kind.value} = {value:.2f}" for kind, value in zip(KINDS, matrix[0], strict=True))
    rows = "\n".join(
        f"{name} = {{ {', '.join(f'{kind.value} = {value:.2f}' for kind, value in zip(KINDS, row, strict=True))} }}"
        for name, row in zip(file_type_weights().weights, matrix[1:], strict=True)
    )
    return (
        "# How much each figure (`file_type_features`) speaks for a kind of file. Fitted by fit_file_type.py, drawn\n"
        "# towards weights set by hand. `sharpness` and `highest`, the most that is ever shown, are what files of\n"
        "# repositories that a fit had not seen bore out.\n"
        f"sharpness = {sharpness}\nhighest = {highest}\n\n[start]\n{start}\n\n[weights]\n{rows}\n"
    )


def main(arguments: Sequence[str]) -> None:
    """Measure, fit, write; the committed sharpness belongs to the committed scale of the weights and is kept."""
    folds = int(arguments[arguments.index("--folds") + 1]) if "--folds" in arguments else _FOLDS
    files = list(labelled_kinds(Path(arguments[0])))
    measured = measure(files, folds)
    print(  # noqa: T201 - a program for the terminal
        f"{len(files)} files; of unseen repositories {measured.right:.1%} right, the surer half {measured.highest:.1%}"
    )
    committed = file_type_weights()
    matrix = fit(files, as_matrix(committed), _PULL)
    _TARGET.write_text(weights_toml(matrix, committed.sharpness, measured.highest), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
