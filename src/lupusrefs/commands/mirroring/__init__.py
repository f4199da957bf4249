"""The commands of ``lupusrefs mirror``, one a module."""
