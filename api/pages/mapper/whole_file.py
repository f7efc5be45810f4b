"""What holds for the whole file as a person wrote it: department, period, currency, and how the lines are loaded. Pure.

In: the options so far, what the file says, the members of the form. Out: the options.
"""

from collections.abc import Mapping

import msgspec

from api.pages.mapper.problems import Problems
from budget_sync.approval.request import request_name
from budget_sync.domain.errors import InvalidRequestError
from budget_sync.domain.fields import ImportMode, TargetField
from budget_sync.domain.period_text import parse_period
from budget_sync.domain.periods import FiscalPeriod
from budget_sync.importing.options import Duplicates, ImportOptions
from budget_sync.importing.outline import Outline

_ALL_ROWS = 1.0
_CODE_LENGTH = 3


def choose_for_file(
    options: ImportOptions, outline: Outline, form: Mapping[str, str], problems: Problems
) -> ImportOptions:
    """The options with what the form says of the whole file; a member that the form lacks stays as it was.

    What is written in place of what the file itself says overrules it; an emptied field lets it count again.
    """
    chosen: dict[str, object] = {}
    overruled = set(options.overruled)
    for name, field, read in _FIELDS:
        found = getattr(outline, name)
        if name not in form or (found and form[name].strip() == found.value):
            continue
        chosen[name] = read(form[name].strip(), problems, getattr(options, name))
        overruled -= {field} if not chosen[name] else set()
        overruled |= {field} if chosen[name] and found else set()
    chosen["overruled"] = sorted(overruled)
    if form.get("mode") in set(ImportMode):
        chosen["mode"] = ImportMode(form["mode"])
    if form.get("duplicates") in set(Duplicates):
        chosen["duplicates"] = Duplicates(form["duplicates"])
    if "rows" in form:  # the choice between a file that is mostly good, and the good rows of any file
        chosen["max_error_rate"] = _ALL_ROWS if form["rows"] == "good" else ImportOptions().max_error_rate
    if form.get("accept") == "yes":
        chosen["accept_file_type"] = True
    return msgspec.structs.replace(options, **chosen)


def period_code(text: str, start: int = 1) -> str | None:
    """The stored code of a period as people write it; None for what is none."""
    try:
        return str(FiscalPeriod.from_code(text))
    except InvalidRequestError:
        parsed = parse_period(text)
        period = parsed.to_period(start, None) if parsed is not None else None
        return str(period) if period is not None else None


def _period(written: str, problems: Problems, before: str | None) -> str | None:
    if not written:
        return None
    code = period_code(written)
    if code is None:
        problems.add("mapper.problems.period", written)
        return before
    return code


def _name(written: str, problems: Problems, before: str | None) -> str | None:
    if not written.strip():
        return None
    try:
        return request_name(written.strip(), "department")
    except InvalidRequestError:
        problems.add("mapper.problems.name", written)
        return before


def _currency(written: str, problems: Problems, before: str | None) -> str | None:
    code = written.strip().upper()
    if code and not (len(code) == _CODE_LENGTH and code.isascii() and code.isalpha()):
        problems.add("mapper.problems.currency", written)
        return before
    return code or None


_FIELDS = (
    ("department", TargetField.DEPARTMENT, _name),
    ("fiscal_period", TargetField.FISCAL_PERIOD, _period),
    ("currency", TargetField.CURRENCY, _currency),
)
