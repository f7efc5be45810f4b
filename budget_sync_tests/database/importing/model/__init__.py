"""The life of imports said a second time, as simply as possible, and held against the database step by step."""
