"""Checking millions of references against a mirror, in processes or on Dask."""
