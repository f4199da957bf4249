"""Scores against the public test suites of the corpus, one module per suite.

Each module has ``measure(corpus: Path) -> SuiteResult`` (or several of them);
``scripts/generate_conformance.py`` writes the table and the remaining differences into
``docs/conformance.md``, and the tests hold the bars.
"""
