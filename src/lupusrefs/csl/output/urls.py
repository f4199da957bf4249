"""Where links lead, in writing that every format can hold."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote

# What a reader may follow without harm. An URL is somebody's data: "javascript:" and
# "file:" are no places where a publication is found.
_SAFE: Final = re.compile(r"(?:https?|ftp|mailto):", re.IGNORECASE)
# RFC 3986, section 2: of ASCII these cannot stand in a URI; an IRI's other characters
# become their UTF-8 (RFC 3987, section 3.1).
_NOT_IN_URI: Final = re.compile(r"[^!#$%&'()*+,\-./0-9:;=?@A-Z\[\]_a-z~]+")


def is_safe(href: str) -> bool:
    """Whether a link to it may be written.

    >>> is_safe("https://doi.org/10.1000/182"), is_safe("javascript:alert(1)")
    (True, False)
    """
    return _SAFE.match(href) is not None


def encoded(href: str) -> str:
    r"""The URL without characters that a URI cannot have, by percent-encoding.

    Afterwards it holds no blank, quotation mark, brace, backslash or backtick, nor any
    of ``< > | ^``.

    >>> encoded("https://doi.org/10.1002/(SICI)1<1::AID>3.0.CO;2-#")
    'https://doi.org/10.1002/(SICI)1%3C1::AID%3E3.0.CO;2-#'
    """
    return _NOT_IN_URI.sub(lambda found: quote(found[0], errors="replace"), href)
