"""Messy budget files made from known lines, read and understood: the lines come back."""
