"""Matching: a search index, reference strings, look-alikes, and the measure."""
