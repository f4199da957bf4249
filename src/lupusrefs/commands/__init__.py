"""One file per command: read the options, call the library, hand to a report.

Imports of the library stand inside the functions: ``--help`` needs none of it.
"""
