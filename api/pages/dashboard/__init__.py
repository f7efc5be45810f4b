"""``/dashboard``: what is budgeted and used, from the year down to the cell that an amount came from."""
