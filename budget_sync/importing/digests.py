"""What makes two imports the same: pure digests of what was asked, and of what was understood.

With equal request digests the same version of the program would do the same again, so it need not; with equal
mapping digests the same bytes give the same lines, whatever was asked.
"""

import hashlib

import msgspec

from budget_sync import __version__
from budget_sync.domain.defaults import Defaults
from budget_sync.importing.options import ImportOptions
from budget_sync.mapping.analysis import Analysis


def request_digest(options: ImportOptions, defaults: Defaults, taught: str) -> str:
    """The digest of everything but the bytes that decides what an import does; ``taught``: of words and aliases."""
    return _digest([__version__, options, defaults, taught])


def asked_digest(options: ImportOptions) -> str:
    """The digest of what the sender asked, the same for a dry run, the import after it and its confirmation."""
    asked = msgspec.structs.replace(options, dry_run=False, confirmed=False, accept_file_type=False)
    return _digest(asked)


def mapping_digest(analysis: Analysis, options: ImportOptions, defaults: Defaults, taught: str) -> str:
    """The digest of the mapping as used, with the defaults, what was taught, and the rules of loading."""
    mapped = [
        (mapping.column_index, mapping.target_field, mapping.period, mapping.label)
        for mapping in analysis.mappings
        if mapping.target_field is not None
    ]
    place = (analysis.sheet, analysis.header_row, analysis.layout, analysis.amount_scale)
    return _digest(
        [
            mapped,
            place,
            analysis.row_filters,
            defaults,
            taught,
            options.mode,
            options.replace_scope,
            options.duplicates,
            options.decimal_sign,
            options.corrections,
            options.overruled,
        ]
    )


def _digest(value: object) -> str:
    return hashlib.sha256(msgspec.json.encode(value)).hexdigest()
