"""EndNote's XML export."""

from lupusrefs.formats.endnote_xml.read import load
from lupusrefs.formats.endnote_xml.write import dump

__all__ = ["dump", "load"]
