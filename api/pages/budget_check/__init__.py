"""``/budget-check``: the check and the life of a reservation, tried by hand, with the JSON of a program beside it."""
