"""Text files (CSV, TSV and what people name so) become records.

In: bytes. Out: a ``Document`` of one grid. Others use ``read_document`` of the room, not these.
"""
