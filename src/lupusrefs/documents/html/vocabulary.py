"""What the elements of HTML mean for the text of a page.

Source: HTML Living Standard, 15.3 (rendering of non-replaced elements).
"""

from __future__ import annotations

from typing import Final

from lupusrefs.documents.html.tree import BLOCKS
from lupusrefs.documents.markup.text import Vocabulary

#: What no reader sees, or what is no text.
SKIPPED: Final = frozenset(
    "audio button canvas datalist embed frame iframe noembed noframes noscript object"  # noqa: SIM905 - a list of words
    " script select style svg template textarea title video annotation annotation-xml"
    " rp".split()
)
_LINES: Final = frozenset(("li", "dd", "dt", "tr", "option", "caption", "legend"))
VOCABULARY: Final = Vocabulary(
    paragraphs=(BLOCKS - _LINES) | {"head"},
    lines=_LINES,
    breaks=frozenset(("br", "hr")),
    skipped=SKIPPED | {"head"},
    preformatted=frozenset(("pre", "listing")),
    between={"tr": "\t"},
    apart=frozenset(("a",)),
)
