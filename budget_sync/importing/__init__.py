"""The engine that walks one file through, and keeps its history; customers and their keys.

In: bytes, a customer, options. Out: ``ImportResult`` and the rows of the history. Others use ``Engine``, the types
of ``options`` and ``result``, ``customers`` and ``keys``.
"""
