"""From a partition's key to the import that it stands for; a file of a source is fetched where it is not here yet.

In: the key. Out: the record in the history. Knows nothing of Dagster.
"""

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from budget_sync.database import Database
from budget_sync.domain.errors import NotFoundError, SourceError
from budget_sync.importing.customers import find_customer
from budget_sync.importing.options import ImportOptions, IncomingFile
from budget_sync.orchestration.partitions import FileKey
from budget_sync.sources.claims import ClaimedFile, find_claim, record_import, record_unread
from budget_sync.sources.configuration import SourceConfiguration, find_source, open_source
from budget_sync.sources.policies import ControlTotalPolicy, ReviewPolicy

if TYPE_CHECKING:
    from budget_sync.importing.engine import Engine
    from budget_sync.importing.result import ImportRecord

_FIRST_RETRY: Final = timedelta(seconds=30)
_DOUBLINGS: Final = 7


def receive_file(database: Database, engine: "Engine", key: str, *, run_id: str) -> "ImportRecord":
    """The import of the file that the key names; its bytes are kept from here on, and not fetched a second time.

    Raises:
        InvalidRequestError: it is no key.
        NotFoundError: there is no such file.
        SourceError: the partner's server did not give it.
    """
    parts = FileKey.parse(key)
    customer_id = find_customer(database, parts.customer).id
    if parts.import_id is not None:
        return engine.get(customer_id, parts.import_id)
    claim = find_claim(database, customer_id, key)
    if claim.import_id is not None:
        return engine.get(customer_id, claim.import_id)
    source = find_source(database, customer_id, claim.source_id)
    try:
        with open_source(database, source) as partner:
            content = partner.fetch(claim.file)
    except SourceError as error:
        note_failure(database, claim, error)
        raise
    incoming = incoming_file(source, claim, content)
    received = engine.receive(customer_id, incoming, import_options(source), run_id=run_id)
    record_import(database, claim, received.import_id)
    return engine.get(customer_id, received.import_id)


def find_import(database: Database, engine: "Engine", key: str) -> "ImportRecord":
    """The import of the file that the key names.

    Raises:
        InvalidRequestError: it is no key.
        NotFoundError: there is no such file, or it was not received yet.
    """
    parts = FileKey.parse(key)
    customer_id = find_customer(database, parts.customer).id
    import_id = parts.import_id or find_claim(database, customer_id, key).import_id
    if import_id is None:
        raise NotFoundError(f"{parts.name} was not received yet. Materialize received_file for it first.")
    return engine.get(customer_id, import_id)


def incoming_file(source: SourceConfiguration, claim: ClaimedFile, content: bytes) -> IncomingFile:
    """The file as the engine takes it."""
    return IncomingFile(
        file_name=claim.file.name,
        content=content,
        source_type=source.source_type,
        source_id=source.id,
        remote_version=claim.file.version,
        defaults=source.defaults_of(claim.file.name),
    )


def import_options(source: SourceConfiguration) -> ImportOptions:
    """How the source wants its files imported."""
    return ImportOptions(
        mode=source.options.mode,
        totals_must_agree=source.options.control_totals is ControlTotalPolicy.REFUSE,
        always_review=source.options.review is ReviewPolicy.ALWAYS,
    )


def note_failure(database: Database, claim: ClaimedFile, error: SourceError) -> None:
    """Writes beside the claim why the file could not be read, and when to try again."""
    wait = _FIRST_RETRY * 2 ** min(claim.attempts, _DOUBLINGS)
    for_good = error.details.get("reason") == "too_large"
    record_unread(database, claim, error.message, retry_in=None if for_good else wait)


def lasts(error: SourceError) -> bool:
    """Whether the same file cannot be read a moment later: too large, or no more in this state.

    A partner who renames files to and fro may show the very state again: a later look then takes it.
    """
    return error.details.get("reason") in {"too_large", "changed", "gone", "no_tab"}
