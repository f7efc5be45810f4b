"""A question "is this purchase covered?" and the budget lines that could answer it become a decision with its reason.

In: ``CheckRequest`` and the customer's lines. Out: ``CheckAnswer``. Others use ``check``, and the types
of ``request`` and ``answer``. ``matching``, ``decision`` and ``reasons`` are pure.
"""
