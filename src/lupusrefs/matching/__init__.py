"""A reference without a DOI beside works that a search has found (pure)."""
