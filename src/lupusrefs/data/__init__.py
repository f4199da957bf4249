"""Data files that travel in the package."""
