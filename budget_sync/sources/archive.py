"""Files that were loaded are moved out of the partner's way, where the source asks for that.

In: an open source and what it lists. Out: why a file could not be moved, if one could not. A move that fails is tried
again at the next look; what is loaded stays loaded.
"""

import time
from collections.abc import Mapping
from typing import Final

from budget_sync.database import Database
from budget_sync.domain.errors import SourceError
from budget_sync.domain.fields import ImportState
from budget_sync.sources.configuration import SourceConfiguration
from budget_sync.sources.protocol import Archives, RemoteFile, Source

# A look is given free to others after three minutes; what is left is moved at the next one.
_LONGEST_SECONDS: Final = 20.0
_LOADED: Final = [state.value for state in ImportState if state.loads]


def archive_loaded(
    database: Database, source: SourceConfiguration, partner: Source, files: Mapping[str, RemoteFile]
) -> str | None:
    """Move each listed file whose import is loaded; ``files`` is the whole listing by key."""
    if not isinstance(partner, Archives) or not partner.archives:
        return None
    failure: SourceError | None = None
    deadline = time.monotonic() + _LONGEST_SECONDS
    for key in _loaded_keys(database, source, files):
        if time.monotonic() > deadline:
            break
        try:
            partner.archive(files[key])
        except SourceError as error:
            failure = error
    return failure.message if failure else None


def _loaded_keys(database: Database, source: SourceConfiguration, files: Mapping[str, RemoteFile]) -> list[str]:
    with database.tenant(source.customer_id) as session:
        rows = session.execute(
            "SELECT f.partition_key FROM source_file f JOIN import_history h ON h.id = f.import_id"
            " WHERE f.source_id = %s AND f.partition_key = ANY(%s) AND h.status = ANY(%s) ORDER BY f.partition_key",
            (source.id, list(files), _LOADED),
        ).fetchall()
    return [key for (key,) in rows]
