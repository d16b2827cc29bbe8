"""Honest timings: the product against plain DuckDB doing the bare work, on the same files."""
