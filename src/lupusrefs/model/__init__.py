"""Values: what a reference, a registered work and their parts are.

Nothing in here does I/O; small values are frozen dataclasses, records are
frozen pydantic models.
"""
