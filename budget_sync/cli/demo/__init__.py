"""``demo``: the whole of it on one machine, from a partner's SFTP server to the answer to a check.

In: a folder of files. Out: what became of each, answers to three checks, and the addresses where to look on.
Everything that it needs runs as a part of it and ends with it.
"""
