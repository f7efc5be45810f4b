"""A peer of the import: ``read_csv`` and ``to_sql`` as they come (method None). Usage: peer_pandas.py URL FILE."""

import sys

import pandas as pd
import sqlalchemy

if __name__ == "__main__":
    _, url, path = sys.argv
    engine = sqlalchemy.create_engine(url.replace("postgresql://", "postgresql+psycopg://"))
    pd.read_csv(path).to_sql("peer_pandas", engine, if_exists="append", index=False)
