"""A processor of the Citation Style Language (CSL 1.0.2)."""
