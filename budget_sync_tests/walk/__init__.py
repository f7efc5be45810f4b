"""The whole walk, as a newcomer takes it: real programs from the first file to the answer of a check."""
