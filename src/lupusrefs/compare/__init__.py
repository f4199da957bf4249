"""Pure comparison of what is cited with what is registered (comparison.md).

One module per kind of field; :mod:`lupusrefs.compare.work` puts them together.
"""
