"""RIS: the tagged format of Reference Manager that nearly every database exports."""

from lupusrefs.formats.ris.read import load, stream
from lupusrefs.formats.ris.write import dump

__all__ = ["dump", "load", "stream"]
