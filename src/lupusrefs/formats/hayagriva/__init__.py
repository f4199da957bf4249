"""Hayagriva YAML: the bibliography format of Typst."""

from lupusrefs.formats.hayagriva.read import load
from lupusrefs.formats.hayagriva.write import dump

__all__ = ["dump", "load"]
