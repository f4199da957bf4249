"""The spellings of a DOI name: what people write, back to what was registered.

Pure functions over strings; :mod:`lupusrefs.model.doi` makes values of them and
:mod:`lupusrefs.model.doi_text` finds them in prose. All run in linear time.

Three layers hide a DOI name: a *lead* (``doi:``, a resolver's URL), *encodings*
(percent, HTML, LaTeX, typography) and *trailing text* (a full stop, ``/full``).
Leads and encodings are always taken off. Trailing text is only offered as a
further reading, since it can belong to the DOI: 10.17070/aeaas.2014.12.36. and
10.35609/gcbssproceeding.2022.1(9) are registered (Crossref records).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: How often a text may have been encoded over again before we give up on it.
MAX_ROUNDS = 8
#: How many readings of one text a registry may be asked for.
MAX_READINGS = 10

# --- characters ---------------------------------------------------------------

# Of no width, or of no meaning in a DOI: soft hyphen, no-break spaces, zero-width
# and bidirectional marks, byte order mark.
_INVISIBLE = [
    *(0xAD, 0xA0, 0x034F, 0x061C, 0x180E, 0x2007, 0x202F, 0xFEFF),
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
]
# A dash beyond ASCII is nearly always a typesetter's: none of the 17,323 Crossref
# records on file has one. So the ASCII reading goes first, as written second.
_DASHES = [*range(0x2010, 0x2016), 0x2043, 0x2212, 0xFE58, 0xFE63]
_SLASHES = [0x2044, 0x2215, 0x29F8]
_LIGATURES = ("ff", "fi", "fl", "ffi", "ffl", "st", "st")  # U+FB00 to U+FB06
PLAIN_FORM: dict[int, str] = {
    **dict.fromkeys(_INVISIBLE, ""),
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_SLASHES, "/"),
    **{0xFB00 + i: letters for i, letters in enumerate(_LIGATURES)},
    **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)},  # full width
}

CLOSERS = {")": "(", "]": "[", "}": "{", ">": "<"}
_OPENERS = {opener: closer for closer, opener in CLOSERS.items()}
_QUOTES = {'"': '"', "'": "'", "`": "`", "“": "”", "‘": "’", "«": "»", "„": "“"}
_WRAPPERS = _OPENERS | _QUOTES
#: Punctuation that more often ends the sentence than the DOI.
TRAILING = frozenset(".,;:!?…·\"'`“”‘’«»/\\|&*_-")

# What RFC 3986 keeps out of URLs, and ``~``, a space to TeX. Almost no DOI has any,
# and a text that was damaged by a program is often sprinkled with them.
_STRAY = re.compile(r"[\\{}|^`\[\]~]+")
_UNPRINTABLE = re.compile(r"[\s\x00-\x1f\x7f-\x9f\ud800-\udfff]")

# --- encodings ----------------------------------------------------------------

_ENTITY = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,9});"
)
_AMP_CHAIN = re.compile(r"&(?:amp;)+")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2})+")
_PERCENT_CHAIN = re.compile(r"%(?:25)+(?=[0-9A-Fa-f]{2})")
_JSON_ESCAPE = re.compile(r"\\u00([0-7][0-9A-Fa-f])")
_TEX_MACROS = {
    "less": "<",
    "greater": ">",
    "underscore": "_",
    "bar": "|",
    "asciitilde": "~",
    "asciicircum": "^",
    "endash": "-",
}
#: LaTeX and Markdown escapes: ``\_``, ``{\_}``, ``$<$``, ``\textless``.
TEX_PATTERN = (
    r"\{\\(?:string)?[_%#&$~^<>/.()\[\]*-]\}"
    r"|\\(?:string)?[_%#&$~^<>/.()\[\]*{}-]"
    r"|\$\\?(?:<|>|_|lt|gt)\$"
    rf"|\{{\\text(?:{'|'.join(_TEX_MACROS)})\s?(?:\{{\}})?\}}"
    rf"|\\text(?:{'|'.join(_TEX_MACROS)})(?:\{{\}}|\s)?"
    r"|\\ensuremath\{[<>]\}"
)
_TEX = re.compile(TEX_PATTERN)
_MACRO_NAME = re.compile(r"text([a-z]+)|\$\\(lt|gt)\$")


def decode_tex(escape: str) -> str:
    r"""Return the character that one escape such as ``{\_}`` stands for."""
    if named := _MACRO_NAME.search(escape):
        macro, relation = named.groups()
        return _TEX_MACROS[macro] if macro else {"lt": "<", "gt": ">"}[relation]
    inside = escape[0] in "{$" or escape.startswith("\\ensuremath")
    return escape[-2] if inside else escape[-1]


def decode_entity(entity: str) -> str:
    """Return the text of one HTML entity, or the entity where it is unknown."""
    # The tables cost as much as this whole module, and few texts have entities.
    import html.entities  # noqa: PLC0415

    if entity[1] == "#":
        return html.unescape(entity)
    return html.entities.html5.get(entity[1:], entity)


def decode_percent(escapes: str) -> str:
    """Decode a run of ``%XX`` as UTF-8; what is not UTF-8 stays escaped."""
    text = bytes.fromhex(escapes.replace("%", "")).decode("utf-8", "surrogateescape")
    return "".join(
        f"%{ord(char) - 0xDC00:02X}" if "\udc80" <= char <= "\udcff" else char
        for char in text
    )


def _undo_once(text: str) -> str:
    if not text.isascii():
        text = text.translate(PLAIN_FORM)
    if "&" in text:
        text = _AMP_CHAIN.sub("&", text)
        text = _ENTITY.sub(lambda entity: decode_entity(entity[0]), text)
    if "\\" in text or "$" in text:
        text = _JSON_ESCAPE.sub(lambda code: chr(int(code[1], 16)), text)
        text = _TEX.sub(lambda escape: decode_tex(escape[0]), text)
    if "%" in text:
        text = _PERCENT_CHAIN.sub("%", text)
        text = _PERCENT.sub(lambda run: decode_percent(run[0]), text)
    return text.strip()


def undo_encodings(text: str) -> str | None:
    """Take off every encoding, however often it was put on.

    The result does not change when decoded again, so that a DOI name means itself.

    Returns:
        The plain text, or ``None`` after :data:`MAX_ROUNDS` rounds without an end.
    """
    for _ in range(MAX_ROUNDS):
        plain = _undo_once(text)
        if plain == text:
            return plain
        text = plain
    return None


# --- shape --------------------------------------------------------------------


def is_doi_name(text: str) -> bool:
    """Tell whether the text is a DOI name, or a shortDOI such as ``10/abc``.

    ``10.``, numbers separated by dots, a slash, and any printable characters of any
    number (DOI Handbook 2.2). Blanks are refused though Unicode calls U+0020 printable:
    no registered DOI on file has one.
    """
    prefix, _, suffix = text.partition("/")
    if not suffix or _UNPRINTABLE.search(suffix):
        return False
    if prefix == "10":
        return suffix.isascii() and suffix.isalnum()
    directory, *registrant = prefix.split(".")
    return (
        directory == "10"
        and bool(registrant)
        and all(part.isascii() and part.isdigit() for part in registrant)
    )


def without_strays(text: str) -> str:
    """Return the text without characters that URLs forbid and DOIs avoid."""
    return _STRAY.sub("", text)


# --- leads --------------------------------------------------------------------

_URL = re.compile(
    r"(?:https?:?)?/{0,2}(?P<host>[A-Za-z0-9-]{1,63}(?:\.[A-Za-z0-9-]{1,63}){1,8})"
    r"(?::[0-9]{1,5})?/+(?P<path>api/handles/|(?:v1/)?works/|dois/)?",
    re.IGNORECASE,
)
# dx.doi.org, doi.acm.org, dx.medra.org, DataCite's test servers, and proxies of
# libraries, which write dots as hyphens (doi-org.proxy.lib.example.edu) or set a port
# in front (80-doi.acm.org.proxy.lib.example.edu).
_RESOLVER = re.compile(
    r"(?:(?:www|dx|beta|[0-9]{1,5})[.-])*doi[.-](?:[a-z0-9-]+\.)*[a-z]{2,}"
    r"|dx\.(?:[a-z0-9-]+\.)*[a-z]{2,}|shortdoi\.org|(?:www\.)?hdl\.handle\.net"
    r"|handle\.(?:test|stage)\.datacite\.org|(?:data|api)\.(?:test\.)?datacite\.org"
    r"|data\.crosscite\.org|api\.crossref\.org|n2t\.net|identifiers\.org"
)
_SHORT_RESOLVER = re.compile(r"(?:(?:www|dx)[.-])*doi[.-]org(?:\..*)?|shortdoi\.org")
_LABEL = re.compile(
    r"(?:urn:doi|info:doi|info:hdl|urn|hdl|doi|ur[li]|digital object identifier)"
    r"(?:\s?[:=/.#]+|(?=\s)|(?=10\.)|(?=http))|\\(?:url|doi|href)\{|[:=]+",
    re.IGNORECASE,
)
_ENCODED_URL = re.compile(r"(?:https?%|doi%3a|info%3a|urn%3a)", re.IGNORECASE)
_SHORT = re.compile(r"[A-Za-z0-9]{2,}")
_DOI_ORG_PAGES = frozenset(
    {"10", "about", "api", "doira", "factsheets", "faq", "handbook", "hb", "help"}
    | {"index", "members", "news", "ra", "registry", "resources", "topics"}
)


def is_resolver(host: str) -> bool:
    """Tell whether a host's paths are DOI names."""
    return _RESOLVER.fullmatch(host.lower()) is not None


def is_short_path(path: str, host: str) -> bool:
    """Tell whether a path at this host is a shortDOI: ``https://doi.org/d8dn``."""
    return (
        _SHORT_RESOLVER.fullmatch(host) is not None
        and _SHORT.fullmatch(path) is not None
        and path.lower() not in _DOI_ORG_PAGES
    )


def _unwrap(text: str) -> str:
    """Strip one pair of brackets or quotes, or an opening one that is alone."""
    opener = text[:1]
    closer = _WRAPPERS.get(opener)
    if closer is None:
        return text
    closed = text.count(closer, 1)
    if not closed or (opener != closer and closed < text.count(opener)):
        return text[1:]
    stop = text.rstrip(".,;:")
    # With text behind the closing one, as in a Markdown link, this is not one DOI.
    return stop[1:-1] if stop.endswith(closer) else text


def strip_lead(text: str) -> tuple[str, str | None]:
    """Strip labels, resolvers and wrappers from the front (wrappers also behind).

    Returns:
        What is left, and the host of the resolver or ``None`` if there was none.
    """
    host = None
    for _ in range(MAX_ROUNDS):
        text = text.strip()
        if _ENCODED_URL.match(text):
            text = _undo_once(text)
        url = _URL.match(text)
        if url and is_resolver(url["host"]):
            host = url["host"].lower()
            rest = text[url.end() :]
        elif label := _LABEL.match(text):
            rest = text[label.end() :]
            if label[0].endswith("{"):
                rest = rest.rstrip("}")
        else:
            rest = _unwrap(text)
        if rest == text:
            break
        text = rest
    return text, host


# --- readings -----------------------------------------------------------------

_PAGES = (
    r"abs|abstract|asset|assets|assetview|cited-?by|citations?|downloads?|epdf|epub|export"
    r"|figures?|full|full-?text|html|issuetoc|media|meta|metrics|otherversions|pdf|pdfft"
    r"|pdfdirect|reader|references|related|suppinfo|suppl|supplementary|summary|tables?"
    r"|view|xml"
)
_PAGE_SEGMENT = re.compile(rf"/(?:{_PAGES}|-)(?:/|$)", re.IGNORECASE)
_FILE_ENDING = re.compile(
    r"(?:\.(?:full|abstract|pdf|html?|xml|epub|full-text|short|long)){1,3}\Z",
    re.IGNORECASE,
)
_LONGEST_ENDING = 36  # three of them; and no search through the whole of a long name
# bioRxiv and medRxiv put the version behind the DOI: 10.1101/2020.01.01.123456v2.
_PREPRINT_VERSION = re.compile(r"(10\.1101/[0-9.]{6,20})v[0-9]{1,2}$")
# Oxford's reference works: the book's DOI ends so, then comes the entry's page.
_OXFORD_BOOK = re.compile(r"/97[89][0-9]{10}\.[0-9]{3}\.[0-9]{4}(?=/)")


def without_page(name: str) -> str:
    """Cut what a publisher's site puts behind the DOI: ``/full``, ``.pdf``, ``v2``."""
    suffix_start = name.find("/") + 2
    if page := _PAGE_SEGMENT.search(name, suffix_start):
        name = name[: page.start()]
    if book := _OXFORD_BOOK.search(name):
        name = name[: book.end()]
    ending = _FILE_ENDING.search(name, max(suffix_start, len(name) - _LONGEST_ENDING))
    if ending:
        name = name[: ending.start()]
    return _PREPRINT_VERSION.sub(r"\1", name)


def trim_ends(name: str) -> Iterator[int]:
    """Yield shorter and shorter ends of the name, without doubtful characters."""
    end = len(name)
    first = name.find("/") + 1
    surplus: dict[str, int] = {}
    while end > first + 1:
        char = name[end - 1]
        if opener := CLOSERS.get(char):
            if char not in surplus:
                whole = name[:end]
                surplus[char] = whole.count(char) - whole.count(opener)
            surplus[char] -= 1
            if surplus[char] < 0:
                return
        elif char not in TRAILING and char not in _OPENERS:
            return
        end -= 1
        yield end


def trimmed(name: str) -> list[str]:
    """Return the name with doubtful trailing characters taken off step by step.

    The first three steps and the last: more would only be more requests.
    """
    ends: list[int] = []
    for end in trim_ends(name):
        if len(ends) > 3:  # noqa: PLR2004 - as the docstring says
            ends.pop()
        ends.append(end)
    return [name[:end] for end in ends]


def fold(name: str) -> str:
    """Fold the case of ASCII letters only, as DOIs are compared (Handbook 2.2)."""
    return name.lower() if name.isascii() else name.translate(_FOLD)


_FOLD = {code: code + 32 for code in range(ord("A"), ord("Z") + 1)}


def distinct_names(readings: Iterable[str]) -> tuple[str, ...]:
    """Keep the readings that are DOI names, each once, at most ten."""
    names: dict[str, str] = {}
    for reading in readings:
        if is_doi_name(reading):
            names.setdefault(fold(reading), reading)
            if len(names) == MAX_READINGS:
                break
    return tuple(names.values())


def further_readings(name: str) -> Iterator[str]:
    """Yield what else a name may have been meant to be, the likeliest first."""
    yield from trimmed(name)
    page_free = without_page(name)
    if page_free != name:
        yield page_free
    if "#" in name:
        yield name[: name.index("#")]
    yield without_strays(name)
