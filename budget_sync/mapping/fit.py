"""Weights and calibration are fitted again from a folder of labelled files.

usage: python -m budget_sync.mapping.fit FOLDER

FOLDER has ``files/`` and ``labels.jsonl``, one JSON object a line: ``file``, ``kind``, ``sheet``, ``header_row``,
``columns`` (header to field, or a list of fields that are all right, null for none), ``columns_by_index`` likewise.
Logistic regression, drawn towards the committed weights so that few files cannot bend them; then the margins of the
columns that were chosen become an isotonic curve. Writes ``weights.toml`` and ``calibration.toml`` beside this module.
"""

import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from budget_sync.domain.errors import UnreadableFileError
from budget_sync.domain.fields import TargetField
from budget_sync.mapping.calibrate import steps_of
from budget_sync.mapping.columns import Column
from budget_sync.mapping.confidence import Calibration
from budget_sync.mapping.margins import margin_of
from budget_sync.mapping.score import FIELDS, FieldWeights, field_weights, named_features
from budget_sync.mapping.sheet import SheetReading
from budget_sync.mapping.sheet_choice import choose_sheet
from budget_sync.mapping.understanding import UnderstandingRequest
from budget_sync.reading import read_document

_HERE = Path(__file__).resolve().parent
_PULL = 0.6  # how strongly the committed weights hold: one point costs as much as so many wrong columns
_AMOUNTS_A_FILE = 2  # a table of thirty funds is one decision, not thirty
_STEPS = 400
_RATE = 0.15
Acceptable = frozenset[str | None]


@dataclass(frozen=True, slots=True)
class LabelledColumn:
    """One column of one file with the fields that are right for it (None: no field)."""

    column: Column
    features: dict[TargetField, dict[str, float]]
    acceptable: Acceptable
    repository: str


@dataclass(frozen=True, slots=True)
class LabelledFile:
    """One file as it is understood, and its labels."""

    reading: SheetReading
    columns: list[LabelledColumn]


def labelled_files(folder: Path) -> Iterator[LabelledFile]:
    """Every budget of the folder whose header was found where the label has it."""
    for line in (folder / "labels.jsonl").read_text(encoding="utf-8").splitlines():
        label = json.loads(line)
        if label["kind"] != "budget":
            continue
        path = folder / "files" / label["file"]
        try:
            document = read_document(path.read_bytes(), path.name)
        except UnreadableFileError:
            continue
        reading = choose_sheet(document, UnderstandingRequest(sheet=label.get("sheet")))
        if reading.header.row == label["header_row"]:
            yield LabelledFile(reading, list(_columns(reading, label)))


def _columns(reading: SheetReading, label: dict[str, object]) -> Iterator[LabelledColumn]:
    named = {_plain(name): _accepted(target) for name, target in _mapping(label.get("columns")).items()}
    numbered = _mapping(label.get("columns_by_index")) | _mapping(label.get("unnamed_columns"))
    for column in reading.columns:
        if str(column.index) in numbered:
            acceptable = _accepted(numbered[str(column.index)])
        elif column.label.strip():
            acceptable = named.get(_plain(column.label), frozenset({None}))
        else:
            continue
        features = {field: named_features(column, field, reading.columns) for field in FIELDS}
        yield LabelledColumn(column, features, acceptable, str(label.get("repo", label["file"])))


def _mapping(value: object) -> dict[str, object]:
    return value if isinstance(value, dict) else {}


def _plain(text: str) -> str:
    return " ".join(text.split()).casefold()


def _accepted(target: object) -> Acceptable:
    return frozenset(target if isinstance(target, list) else [target])


def fit_weights(
    columns: Sequence[LabelledColumn], start_from: dict[str, FieldWeights] | None = None
) -> dict[str, FieldWeights]:
    """New weights for every field, drawn towards the committed ones or those given."""
    committed = field_weights() if start_from is None else start_from
    return {field.value: _fit_field(field, columns, committed[field.value]) for field in FIELDS}


def _fit_field(field: TargetField, columns: Sequence[LabelledColumn], committed: FieldWeights) -> FieldWeights:
    told = [one for one in columns if one.acceptable == {field.value} or field.value not in one.acceptable]
    names = sorted(committed.weights)
    if not any(field.value in one.acceptable for one in told):
        return committed
    rows = np.array([[one.features[field].get(name, 0.0) for name in names] for one in told])
    right = np.array([float(field.value in one.acceptable) for one in told])
    start = np.array([committed.weights[name] for name in names])
    weights, none = start.copy(), committed.none
    each = np.where(right > 0, 1.0 / right.sum(), 1.0 / (1.0 - right).sum()) * len(right) / 2
    for _ in range(_STEPS):
        wrong = each * (1.0 / (1.0 + np.exp(-(rows @ weights - none))) - right)
        weights -= _RATE * (rows.T @ wrong + _PULL * len(right) / 20 * (weights - start)) / len(right)
        none += _RATE * float(wrong.mean())
    return FieldWeights(
        none=round(none, 2), weights={name: round(float(one), 2) for name, one in zip(names, weights, strict=True)}
    )


def fit_calibration(files: Iterable[LabelledFile]) -> Calibration:
    """The curves from margin to probability, by the columns that are chosen with the weights in use."""
    told: dict[bool, list[tuple[float, bool]]] = {True: [], False: []}
    for file in files:
        acceptable = {one.column.index: one.acceptable for one in file.columns}
        for field, index in _chosen(file.reading):
            if index in acceptable:
                margin = margin_of(file.reading, file.reading.columns[index], field)
                told[field is TargetField.BUDGETED_AMOUNT].append((margin, field.value in acceptable[index]))
    return Calibration(labels=steps_of(told[False]), amounts=steps_of(told[True]))


def _chosen(reading: SheetReading) -> Iterator[tuple[TargetField, int]]:
    for one in reading.amounts.chosen[:_AMOUNTS_A_FILE]:
        yield TargetField.BUDGETED_AMOUNT, one.column.index
    for field, indexes in reading.fields.items():
        for index in indexes:
            yield field, index


def weights_toml(weights: dict[str, FieldWeights]) -> str:
    """The weights as the committed file has them."""
    parts = [
        "# How much each figure speaks for a field (score.py says what the figures are).\n",
        "# `none` is what leaving the field empty is worth. Fitted by fit.py; a person may edit them.\n",
    ]
    for field, own in weights.items():
        rows = "\n".join(f"{name} = {value}" for name, value in sorted(own.weights.items()))
        parts.append(f"[{field}]\nnone = {own.none}\n\n[{field}.weights]\n{rows}\n")
    return "\n".join(parts)


def calibration_toml(calibration: Calibration) -> str:
    """The curves as the committed file has them."""
    parts = [
        "# From the margin of a mapping's score to the share of such mappings that were right. Fitted by fit.py.\n"
    ]
    for name in ("labels", "amounts"):
        steps = getattr(calibration, name)
        parts.append(f"[{name}]\nmargins = {steps.margins}\nprobabilities = {steps.probabilities}\n")
    return "\n".join(parts)


def main(arguments: Sequence[str]) -> None:
    """Fit the weights; fit the calibration in a second run, when the new weights are in use."""
    folder = Path(arguments[0])
    files = list(labelled_files(folder))
    if "--calibration" in arguments:
        (_HERE / "calibration.toml").write_text(calibration_toml(fit_calibration(files)), encoding="utf-8")
        return
    weights = fit_weights([column for file in files for column in file.columns])
    (_HERE / "weights.toml").write_text(weights_toml(weights), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
