"""``/fpa/import``: a file as it was understood, corrected, previewed, imported, taken back; and what was imported."""
