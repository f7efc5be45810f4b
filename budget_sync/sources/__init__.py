"""Where files come from: partners' servers behind one small protocol, and how each is configured.

In: rows of ``budget_data_source_config`` and the partner's server. Out: ``RemoteFile`` lists and bytes.
Others use ``Source`` and its values (``protocol``), ``SftpConfiguration`` and ``SftpSecrets`` (``sftp_configuration``),
``SftpSource`` (``sftp``), ``offered_host_key`` (``sftp_connection``), ``settled`` (``selection``) and ``Keyring``
(``secrets``).
"""
