"""The check report as one self-contained HTML file."""

from lupusrefs.reports.html.page import to_html

__all__ = ["to_html"]
