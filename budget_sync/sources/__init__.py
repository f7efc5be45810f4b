"""Where files come from: partners' servers behind one small protocol, how each is configured, what was taken.

In: rows of ``budget_data_source_config`` and the partner's server. Out: ``RemoteFile`` lists, bytes, and claims: each
state of each remote file is taken for work once. Others use ``Source`` and its values (``protocol``),
``SftpConfiguration`` and ``SftpSecrets`` (``sftp_configuration``), ``add_source``, ``list_sources``, ``find_source``
and ``open_source`` (``configuration``), ``Schedule`` (``schedule``), ``offered_host_key`` (``sftp_connection``),
``shown_name`` (``selection``), ``rotate`` (``master_keys``), and what ``looks`` and ``claims`` record.
"""
