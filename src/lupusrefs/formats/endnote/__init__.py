"""The record that RIS and EndNote's tagged export have in common.

Both are views of one program's records: a type, and fields whose meaning depends on the
type. ``types`` and ``meanings`` are the tables; ``record`` reads fields into CSL, and
``write`` writes CSL into fields. How fields are tagged is each format's own.
"""
