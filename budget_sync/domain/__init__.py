"""Values and rules that every room shares: fields, periods, amounts, names, vocabulary, errors.

Nothing here reads a file, a database or the environment, and nothing here imports another room.
"""
