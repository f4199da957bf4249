"""Characters that no format can print, and line breaks inside of a value."""

from __future__ import annotations

import re
from typing import Final

# Control characters, lone surrogates and noncharacters: XML 1.0, section 2.2 ("Char")
# allows none of them but the tab and the line breaks, and UTF-8 no surrogate.
_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_BREAKS: Final = re.compile("[\t\n\r\x85\u2028\u2029]+")


def printable(text: str) -> str:
    r"""The text without what cannot be printed; breaks and tabs are kept.

    >>> printable("a\x00b")
    'ab'
    """
    if text.isprintable():
        return text
    return _UNPRINTABLE.sub("", text)


def one_line(text: str) -> str:
    r"""The printable text with breaks and tabs as blanks.

    A line break in a value is layout of its file; in most formats two of them would
    begin a new paragraph, and one a heading or a list.

    >>> one_line("Lupus\n  nephritis")
    'Lupus   nephritis'
    """
    if text.isprintable():
        return text
    return _BREAKS.sub(" ", _UNPRINTABLE.sub("", text))
