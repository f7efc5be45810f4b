"""The kinds of sources that there are: a configuration tells its kind by ``type``, and brings what opens it.

A fourth kind is a file with its configuration and its ``Source``, and its name here.
"""

from typing import Final

from budget_sync.sources.s3_configuration import S3Configuration, S3Secrets
from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets
from budget_sync.sources.sheets_configuration import SheetsConfiguration, SheetsSecrets

ConnectionConfiguration = SftpConfiguration | S3Configuration | SheetsConfiguration
SourceSecrets = SftpSecrets | S3Secrets | SheetsSecrets

SFTP: Final = "sftp"
S3: Final = "s3"
SHEETS: Final = "sheets"


def kind_of(connection: ConnectionConfiguration) -> str:
    """``sftp``, ``s3`` or ``sheets``."""
    return str(connection.__struct_config__.tag)
