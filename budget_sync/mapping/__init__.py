"""A Table becomes an Analysis: which column is what, how sure, what kind of file, what to ask.

In: ``Document``/``Table`` from reading. Out: ``Analysis``. Others use ``analyze`` and the types of ``analysis``.
"""
