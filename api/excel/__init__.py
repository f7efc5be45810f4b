"""Files that people upload: analysed first, imported with the mapping that they approved."""
