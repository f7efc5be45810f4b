"""How sheets become tables: headers, blocks, rows, totals."""
