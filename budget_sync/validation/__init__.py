"""An Analysis and its Table become budget lines and row errors.

In: ``Table``, ``Analysis``, ``Defaults``. Out: ``ValidatedLines``. Others use ``validate`` and these types.
"""
