"""What kind of file it is: budget, payroll, expenses, invoice or something else, how sure, and by what evidence.

In: ``FileEvidence``. Out: ``FileTypeDetection``. One linear score of named figures (``file_type_features``) and named
weights (``file_type_weights.toml``), the same for every file; its confidences are calibrated.
"""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from math import exp

import msgspec

from budget_sync.domain.fields import FileType
from budget_sync.domain.vocabulary.files import read_toml
from budget_sync.mapping.analysis import FileTypeDetection
from budget_sync.mapping.customer_words import kinds_said
from budget_sync.mapping.evidence import FileEvidence
from budget_sync.mapping.file_type_features import FileFeatures, features_of

KINDS = tuple(FileType)
_SHOWN = 4
_LEAST_SHARE = 0.4  # a figure that moves the score less is not worth a sentence
_RIVAL = 0.15
_SURE = 0.8
_AHEAD = 4.0  # of the next kind: 98 in 100


class FileTypeWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """``sharpness`` makes a confidence of 0.95 right 95 times in 100; ``weights`` by figure, then by kind.

    ``highest``: the most that is ever shown, for the surest answers on unseen files were no oftener right.
    """

    sharpness: float
    highest: float
    start: dict[str, float]
    weights: dict[str, dict[str, float]]


@cache
def file_type_weights() -> FileTypeWeights:
    """The committed weights."""
    content = files(__package__).joinpath("file_type_weights.toml").read_bytes()
    return read_toml(content, FileTypeWeights)


def detect_file_type(evidence: FileEvidence) -> FileTypeDetection:
    """The likeliest kind with the evidence in words; warnings where a person should look twice."""
    features = features_of(evidence)
    said = kinds_said([*features.places, *evidence.headers], evidence.words)
    shares = _shares(features, said)
    ranked = sorted(KINDS, key=lambda kind: -shares[kind])
    likeliest, rival = ranked[0], ranked[1]
    return FileTypeDetection(
        likely_file_type=likeliest,
        confidence=_shown(shares[likeliest]),
        budget_confidence=_shown(shares[FileType.BUDGET]),
        warnings=_warnings(features, shares, likeliest, rival),
        evidence=[*_own_words(said, likeliest), *_sentences(features, likeliest, rival)],
    )


def _shown(share: float) -> float:
    return round(min(share, file_type_weights().highest), 3)


def _own_words(said: Mapping[FileType, bool], likeliest: FileType) -> list[str]:
    return [f"A word of the customer's own means {_NAMES[likeliest]}."] if said.get(likeliest) else []


def _shares(features: FileFeatures, said: Mapping[FileType, bool]) -> dict[FileType, float]:
    """The probability of each kind; what a word of the customer's own says outweighs the figures."""
    weights = file_type_weights()
    scores = {
        kind: weights.sharpness
        * (weights.start[kind.value] + sum(_moves(features, name, kind) for name in features.values))
        for kind in KINDS
    }
    highest, lowest = max(scores.values()), min(scores.values())
    scores |= {kind: highest + _AHEAD if means else lowest - _AHEAD for kind, means in said.items()}
    highest = max(scores.values())
    raised = {kind: exp(score - highest) for kind, score in scores.items()}
    return {kind: value / sum(raised.values()) for kind, value in raised.items()}


def _moves(features: FileFeatures, name: str, kind: FileType) -> float:
    """How much one figure moves the score of a kind."""
    return features.values[name] * file_type_weights().weights[name].get(kind.value, 0.0)


def _warnings(features: FileFeatures, shares: dict[FileType, float], likeliest: FileType, rival: FileType) -> list[str]:
    warnings = []
    if shares[likeliest] < _SURE and shares[rival] > _RIVAL:
        warnings.append(f"It could also be {_NAMES[rival]} ({shares[rival]:.0%}).")
    if likeliest is FileType.BUDGET and features.actuals_beside:
        warnings.append(
            f"Beside the budget it holds what became of it ({_quoted(list(features.actuals_beside))}); "
            "only the budget is loaded."
        )
    return warnings


def _sentences(features: FileFeatures, likeliest: FileType, rival: FileType) -> list[str]:
    """What spoke most for the likeliest kind against the next, in words."""
    words = features.words[likeliest.value]
    found = [f"{_quoted(words)}: words of {_NAMES[likeliest]}."] if words else []
    gains = {
        name: _moves(features, name, likeliest) - _moves(features, name, rival)
        for name in features.values
        if name in _SAID
    }
    ranked = sorted((name for name in gains if gains[name] >= _LEAST_SHARE), key=lambda name: -gains[name])
    found += [_SAID[name] for name in ranked[:_SHOWN]]
    return found or ["Nothing in it speaks for any one kind."]


def _quoted(words: list[str]) -> str:
    shown = ", ".join(f"'{' '.join(word.split())[:40]}'" for word in words[:_SHOWN])
    return f"{shown} and {len(words) - _SHOWN} more" if len(words) > _SHOWN else shown


_NAMES = {
    FileType.BUDGET: "a budget",
    FileType.PAYROLL: "a payroll",
    FileType.EXPENSES: "expenses or payments",
    FileType.INVOICE: "invoices",
    FileType.OTHER: "something else (master data, a ledger, stock, sales, a report)",
}
_SAID = {
    "wide_time": "Amounts stand side by side for months, quarters or years.",
    "wide_versions": "Amounts stand side by side in several versions.",
    "budget_named": "A column says that it holds the budget.",
    "amount_strength": "The amounts are named as a budget names them.",
    "has_amount": "There is a column of amounts that could be loaded.",
    "has_numbers": "There are columns of numbers.",
    "department": "There is a column of departments.",
    "category": "There is a column of categories.",
    "period": "There is a column of years, months or dates.",
    "days": "There are dates of single days, as transactions have them.",
    "many_days": "Nearly every row has its own day.",
    "names_rows": "Every row has a name of its own.",
    "numbered": "Every row has a number of its own.",
    "contacts": "There are addresses or bank accounts of people.",
    "numbered_documents": "Every row has a document number of its own.",
    "totals": "There are total rows.",
    "sections": "There are section rows.",
    "scaled": "Amounts are in thousands or millions.",
    "year_in_title": "A title, the sheet or the file's name has a year.",
    "day_in_title": "The name of the file has a day, as exports have it.",
    "no_money": "Its figures are small and count heads, hours or days.",
    "names_nothing": "No row bears a name: it is a series of figures.",
    "double_entry": "It has debit and credit beside accounts, as ledgers have.",
    "statement": "A title names a financial statement, and nothing says budget.",
    "other_unsaid": "What it says is said of other files, and nothing in it says budget.",
    "actual_alone": "It says actual or forecast, and nowhere budget.",
    "actual_throughout": "All of its figures are said to be actual or forecast.",
    "booked": "Every row has a day and a document number, as what was booked has.",
    "dated_unsaid": "Rows are dated by the day, and no column says budget.",
    "paid_out": "It names who was paid, and no word of it says budget.",
    "told_subject": "It tells of contracts, grants, people or prices, and nowhere of a budget.",
    "areas": "It holds years for places, and no word of it says budget.",
    "companies": "It tells of companies and what they earned.",
    "pay": "Its amounts are people's pay, and nowhere does it say budget.",
    "outlays": "It is named for expenses and has them by month or day, and nowhere does it say budget.",
    "no_figures": "None of its columns holds figures.",
    "films": "It tells of films and what they took.",
    "measured": "Most of its columns hold figures that no word calls money.",
    "many_columns": "It has many columns.",
    "no_headers": "It has no column names.",
}
