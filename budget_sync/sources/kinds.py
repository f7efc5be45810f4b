"""The kinds of sources that there are: a configuration tells its kind by ``type``, and brings what opens it.

A fourth kind is a file with its configuration and its ``Source``, and its name here.
"""

from typing import Final

from budget_sync.sources.s3_configuration import S3Configuration, S3Secrets
from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets

ConnectionConfiguration = SftpConfiguration | S3Configuration
SourceSecrets = SftpSecrets | S3Secrets

SFTP: Final = "sftp"
S3: Final = "s3"


def kind_of(connection: ConnectionConfiguration) -> str:
    """``sftp``, ``s3`` or ``sheets``."""
    return str(connection.__struct_config__.tag)
