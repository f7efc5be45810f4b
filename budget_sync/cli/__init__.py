"""The command line, ``budget-sync``: what a person types becomes calls to the rooms, and their answers become words.

In: arguments. Out: text or JSON on standard output, reasons on standard error, an exit status (0 done, 1 refused or
failed, 2 wrong use). Nobody imports this room. Each command is a module that imports what it needs when it runs.
"""
