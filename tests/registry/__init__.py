"""A loopback server that plays the registries for the tests and the bench.

It is a package, unlike the test folders: test modules import it as ``registry``.
"""
