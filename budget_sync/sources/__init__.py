"""Where files come from: partners' servers behind one small protocol, how each is configured, what was taken.

In: rows of ``budget_data_source_config`` and the partner's server. Out: ``RemoteFile`` lists, bytes, and claims: each
state of each remote file is taken for work once. Others use ``Source`` and its values (``protocol``), the kinds with
their configurations and secrets (``kinds``), ``SourceOptions`` and its policies (``options``), ``add_source``,
``change_source`` and ``delete_source`` (``administration``), ``SourceConfiguration``, ``list_sources``, ``find_source``
and ``open_source`` (``configuration``), ``Schedule`` (``schedule``), ``offered_host_key`` (``sftp_connection``),
``shown_name`` (``selection``), ``rotate`` (``master_keys``), and what ``looks`` and ``claims`` record.
"""
