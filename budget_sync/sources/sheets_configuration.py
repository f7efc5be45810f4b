"""The configuration of one Google Sheets source: the public part, as it is stored and shown, and the key beside it."""

import re
from typing import TYPE_CHECKING, Annotated, Final

import msgspec

from budget_sync.domain.errors import ConfigurationError
from budget_sync.sources.hidden import Hidden, read_hidden
from budget_sync.sources.protocol import MEBIBYTE, Allowed

if TYPE_CHECKING:
    from budget_sync.sources.protocol import Source

_IN_ADDRESS: Final = re.compile(
    r"https://docs\.google\.com/spreadsheets/(?:u/[0-9]+/)?d/([A-Za-z0-9_-]{10,200})(?:/|$)"
)
_TAB_IN_ADDRESS: Final = re.compile(r"[#?&]gid=([0-9]{1,10})")


class SheetsSecrets(Hidden, frozen=True, rename="camel", forbid_unknown_fields=True):
    """``service_account_key``: the JSON text of the key file, as Google's console gives it."""

    service_account_key: str | None = None


class ServiceAccount(msgspec.Struct, frozen=True):
    """What counts of a key file. Its own addresses are not followed: they would be a stranger's to choose."""

    client_email: Annotated[str, msgspec.Meta(min_length=3, max_length=320)]
    private_key: Annotated[str, msgspec.Meta(min_length=20)]
    type: str = ""
    private_key_id: str = ""

    def __repr__(self) -> str:
        return f"ServiceAccount({self.client_email}, key hidden)"


class SheetsConfiguration(
    msgspec.Struct, frozen=True, rename="camel", forbid_unknown_fields=True, tag_field="type", tag="sheets"
):
    """The public part. ``spreadsheet`` is its id, as it stands in its address.

    ``tab``: the title of one tab; ``tab_id``: its number (``gid`` in the address), which outlives a new title; neither:
    all tabs that can be seen. ``endpoint``: a gateway to Google's APIs that answers below ``/v4``, ``/drive/v3`` and
    ``/token``; None: Google itself. ``list_seconds`` and ``fetch_seconds`` bound the calls of a look and of one
    reading, the waits that Google asks for among them.
    """

    spreadsheet: Annotated[str, msgspec.Meta(pattern=r"^[A-Za-z0-9_-]{10,200}\Z")]
    tab: Annotated[str, msgspec.Meta(min_length=1, max_length=200)] | None = None
    tab_id: Annotated[int, msgspec.Meta(ge=0, lt=2**31)] | None = None
    endpoint: Annotated[str, msgspec.Meta(pattern=r"^https?://[^?#@\s]+\Z", max_length=300)] | None = None
    max_bytes: Annotated[int, msgspec.Meta(ge=1, le=1024 * MEBIBYTE)] = 256 * MEBIBYTE
    timeout_seconds: Annotated[float, msgspec.Meta(gt=0, le=120)] = 30.0
    list_seconds: Annotated[float, msgspec.Meta(gt=0, le=120)] = 60.0
    fetch_seconds: Annotated[float, msgspec.Meta(gt=0, le=3600)] = 300.0

    @property
    def suggested_name(self) -> str:
        """How a source without a name is called."""
        return f"spreadsheet {self.spreadsheet[:12]}"

    @property
    def arrives_whole(self) -> bool:
        """People write into it while we look: it is taken when it stood still between two looks."""
        return False

    @property
    def destination(self) -> str:
        """What the secrets are shown to: they are given anew when this changes."""
        return self.endpoint or "Google"

    def describe(self) -> str:
        """As an address, with the tab where there is one."""
        tab = f" (tab {self.tab})" if self.tab else f" (tab {self.tab_id})" if self.tab_id is not None else ""
        return f"https://docs.google.com/spreadsheets/d/{self.spreadsheet}{tab}"

    def check(self, allowed: Allowed) -> None:
        """Nothing here could be refused before it is tried."""

    def secrets_from(self, stored: bytes) -> SheetsSecrets:
        """The secrets from their JSON.

        Raises:
            ConfigurationError: they cannot let us in.
        """
        secrets = read_hidden(stored, SheetsSecrets)
        read_service_account(secrets)
        return secrets

    def open(self, stored: bytes, allowed: Allowed) -> "Source":
        """What lists and fetches."""
        from budget_sync.sources.sheets import SheetsSource  # noqa: PLC0415 - gspread costs 0.5 s, and lists need none

        return SheetsSource(self, read_service_account(self.secrets_from(stored)), allowed.networks)


def read_service_account(secrets: SheetsSecrets) -> ServiceAccount:
    """The account of the key file.

    Raises:
        ConfigurationError: it is no key of a service account; the message quotes nothing of it.
    """
    try:
        account = msgspec.json.decode(secrets.service_account_key or "", type=ServiceAccount)
    except msgspec.MsgspecError:
        account = None
    if account is None or account.type != "service_account":
        raise ConfigurationError(
            "A Google Sheets source needs the key file of a service account: the whole JSON, with client_email and"
            " private_key, as Google's console gives it."
        ) from None
    return account


def spreadsheet_of(text: str) -> tuple[str, int | None]:
    """The id and, where it is named, the tab's number, from the address of a spreadsheet or from the id itself."""
    match = _IN_ADDRESS.match(text)
    if match is None:
        return text, None
    tab = _TAB_IN_ADDRESS.search(text)
    return match[1], int(tab[1]) if tab else None
