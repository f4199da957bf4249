"""A local mirror of the registries: their data files as Parquet, by DOI.

.. code-block:: text

    data files ─ build ─> buckets/*.parquet ─ lookup ─> Work      (one DOI, or many)
                              │
                              └─ search_index ─> search/ ─ search ─> Works (by words)

The modules of this package import pyarrow and its companions when they are called, not
when they are imported: they are extras (``pip install "lupusrefs[mirror]"``).
"""
