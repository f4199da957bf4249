r"""What a citation key may be.

BibTeX itself reads a key up to white space, a comma or the closing brace (bibtex.web,
"scan1_white"); LaTeX cannot carry ``{ } % # \ ~`` in ``\cite``; biber also forbids
``" ' ( ) =``, and an exported file should outlive a change of program.
"""

from __future__ import annotations

import re
from typing import Final

ILLEGAL: Final = re.compile(r"[\s,{}\"#%~\\'()=\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_DOI: Final = re.compile(r"(?:doi:\s*)?10\.[0-9.]+/", re.IGNORECASE)


def is_legal(key: str) -> bool:
    r"""Whether BibTeX, LaTeX and biber all take the key.

    >>> is_legal("Mackensen:2022"), is_legal("a b"), is_legal("*")
    (True, False, False)
    """
    # \nocite{*} means every entry.
    return bool(key) and key != "*" and not ILLEGAL.search(key)


def is_identifier(key: str) -> bool:
    """Whether the key is a DOI or a URL: that is none that anybody cites with."""
    return "://" in key or _DOI.match(key) is not None


def is_usable(key: str) -> bool:
    """Whether the key is legal, and one to cite with."""
    return is_legal(key) and not is_identifier(key)
