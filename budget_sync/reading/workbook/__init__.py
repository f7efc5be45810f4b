"""Workbooks (xlsx, xlsm, xls, ods) become grids, in a child process with limits.

``process`` starts and reuses the children, ``worker`` is what runs in them: ``archive`` and ``sheet_scan`` look
the file over before any parser does, ``sheets`` parses it. Others use ``read_document`` of the room, not these.
"""
