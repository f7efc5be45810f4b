"""Values and rules that every room shares: fields, periods, amounts, names, vocabulary, errors.

In: text, figures and codes. Out: frozen values, or the error that says what is wrong with them. Others use any module
by its name: ``amount_text`` and ``period_text`` read what people wrote, ``periods``, ``fields``, ``names``,
``cell_names`` and ``defaults`` are the values, ``vocabulary`` the words, ``errors`` what can go wrong.

Nothing here reads a file of anybody, a database or the environment, and nothing here imports another room.
"""
