"""The kinds of sources that there are: a configuration tells its kind by ``type``, and brings what opens it.

A further kind is a file with its configuration and its ``Source``, and its name here.
"""

from typing import Final

from budget_sync.sources.sftp_configuration import SftpConfiguration, SftpSecrets

ConnectionConfiguration = SftpConfiguration
SourceSecrets = SftpSecrets

SFTP: Final = "sftp"


def kind_of(connection: ConnectionConfiguration) -> str:
    """``sftp``, ``s3`` or ``sheets``."""
    return str(connection.__struct_config__.tag)
