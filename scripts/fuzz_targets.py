"""What scripts/fuzz.py tries: a target for each reader, and texts to begin with.

A target takes any bytes. It raises what a reader or writer should not have raised, or
``BrokenLaw``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, TypeAlias

from lupusrefs.errors import InputError
from lupusrefs.formats.bibtex import parse_latex
from lupusrefs.formats.bibtex.parse_names import parse_names
from lupusrefs.formats.bibtex.scan import scan
from lupusrefs.formats.catalogue import FORMATS
from lupusrefs.formats.names import FormatName
from lupusrefs.formats.text import Diagnostics, decode
from lupusrefs.model.edit import Edit, ImpossibleEdits
from lupusrefs.model.location import Span
from lupusrefs.model.markup import parse
from lupusrefs.model.reference import Reference

Target: TypeAlias = Callable[[bytes], None]

ROOT: Final = Path(__file__).parents[1]

# What a random byte never becomes.
TOKENS: Final = {
    "bibtex": (
        *("@article{", "@string{", "@comment{", "@preamble{", "@inbook(", "@xdata{"),
        *("author = {", " and ", "title = ", "crossref = {", "xdata = {", "date = {"),
        *(" # ", "month = jan", "langid = {", "year = 1999", "%", "},\n", "}\n\n"),
        *(r"\'e", r"{\"o}", r"\emph{", r"\textsuperscript{", "$x_2$", "``", "''"),
    ),
    "ris": (
        "TY  - JOUR\n",
        "ER  - \n",
        "AU  - ",
        "PY  - ",
        "T1  - ",
        "DO  - ",
        "M3  - ",
    ),
    "nbib": ("PMID- 1\n", "FAU - ", "DP  - 2020 Jan", "LID - ", "      ", "TI  - "),
    "enw": ("%0 Journal Article\n", "%A ", "%D ", "%T ", "%R ", "%! "),
    "isi": ("PT J\n", "AU ", "   ", "ER\n", "EF\n", "TI ", "PY ", "FN ISI Export\n"),
    "endnote-xml": (
        *("<xml><records>", "<record>", "<ref-type>", "<titles>", "<title>", "<style"),
        *("</style>", "<![CDATA[", "]]>", "<!--", "&lt;", "&#233;", "<!DOCTYPE", "?>"),
    ),
    "pubmed-xml": (
        *("<PubmedArticle>", "<MedlineCitation>", "<PMID>", "<Article>", "<sup>"),
        *("<AuthorList>", "<Author>", "<LastName>", "<PubDate>", "<ELocationID "),
    ),
    "hayagriva": (
        *("\n  type: ", "article", "\n  parent:\n    ", "- type: ", "\n  author: "),
        *(
            "\n  date: ",
            "\n  serial-number:\n    doi: ",
            "\n  url:",
            "&a",
            "*a",
            "<<: ",
        ),
    ),
    "csl-yaml": (
        *("references:\n", "- id: ", "\n  type: ", "\n  author:\n  - family: "),
        *("\n  issued: ", "&a", "*a", "<<: *a", "!!", "|\n", "? ", "---\n", "...\n"),
    ),
    "csl-json": (
        *(
            '{"id": "',
            '"type": "',
            '"author": [{"family": "',
            '"issued": {"date-parts"',
        ),
        *("[[2020, 1, 2]]", "\\ud800", "1e999", "null", '"custom": {'),
    ),
}
SEEDS: Final = {
    "isi": (
        "FN ISI Export Format\nVR 1.0\nPT J\nAU Doe, J\n   Roe, R\nTI A title\n"
        "SO JOURNAL\nPY 2020\nVL 7\nBP 1\nEP 9\nDI 10.1000/x\nER\n\nEF\n"
    ),
    "pubmed-xml": (
        "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>1</PMID><Article>"
        "<Journal><ISSN>1234-5678</ISSN><JournalIssue><Volume>7</Volume><PubDate>"
        "<Year>2020</Year><Month>Jan</Month></PubDate></JournalIssue><Title>J</Title>"
        "</Journal><ArticleTitle>A <i>t</i></ArticleTitle><AuthorList><Author>"
        "<LastName>Doe</LastName><ForeName>Jane</ForeName></Author></AuthorList>"
        "</Article></MedlineCitation></PubmedArticle></PubmedArticleSet>"
    ),
    "latex": r"{\"O}sterreich \emph{a $x^2$} \url{http://a.b/~c} \textbf{\'{\i}} ``q''",
    "names": r"Doe, Jr., Jane Q. and {The Group} and Ludwig van B{\'e}n and others",
    "edits": "@article{a, title = {T}}\n",
}


class BrokenLaw(AssertionError):  # noqa: N818 - it is no error of the program
    """What should hold for any input does not for this one."""


def _law(holds: bool, broken: str) -> None:
    if not holds:
        raise BrokenLaw(broken)


# --- targets


def bibtex(data: bytes) -> None:
    """The blocks cover the text, and what is written is read again."""
    source = decode(data, "x.bib")
    position = 0
    for block in scan(source.text, Diagnostics(source)):
        _law(block.start == position < block.end, "blocks leave a gap")
        position = block.end
    _law(position == len(source.text), "blocks do not reach the end")
    for one in ("bibtex", "biblatex"):
        again(one)(data)


def again(name: str) -> Target:
    """Reading never raises, and what was read is read again after writing it."""
    known = FORMATS[FormatName(name)]

    def target(data: bytes) -> None:
        source = decode(data, "x")
        _law(source.edited([]) == data, "an unedited file is not its bytes")
        references = known.load(source).references
        for one in references:
            end = one.location.span.end if one.location and one.location.span else 0
            _law(0 < end <= len(source.text), "an entry has no place")
            _law(all(place.span for place in one.places.values()), "no place")
            one.to_csl()
        if known.dump is None:
            return
        second = _read(name, known.dump(references))
        _law(len(second) == len(references), "a record came or went")
        third = _read(name, known.dump(second))
        _law(len(third) == len(second), "a record came or went")
        both = zip(second, third, strict=True)
        pairs = [(one.to_csl(), other.to_csl()) for one, other in both]
        changed = {
            variable
            for one, other in pairs
            for variable in one.keys() | other.keys()
            if one.get(variable) != other.get(variable)
        }
        _law(not changed, f"is another when read again: {', '.join(sorted(changed))}")

    return target


def _read(name: str, text: str) -> Sequence[Reference]:
    return FORMATS[FormatName(name)].load(decode(text.encode(), "x")).references


def latex(data: bytes) -> None:
    """No text makes the LaTeX reader stumble, and its markup is well-formed."""
    text = data.decode("utf-8", "replace")
    for read in (parse_latex.rich, parse_latex.title):
        list(parse(read(text)))
    parse_latex.plain(text)
    parse_latex.verbatim(text)


def names(data: bytes) -> None:
    """No text makes the name reader stumble, and no name is empty."""
    text = data.decode("utf-8", "replace")
    for useprefix in (None, True, False):
        for one in parse_names(text, useprefix=useprefix):
            _law(bool(one.to_csl()), "a name of nothing")


def edits(data: bytes) -> None:
    """Bytes outside of the edits stay; the edits come from the head of the data."""
    head, rest = data[:9], data[9:]
    source = decode(rest, "x")
    size = len(source.text) + 1
    chosen = [
        Edit(Span(a % size, a % size + b % 4), ("", "x", "é\n", "\u4e00")[c % 4])
        for a, b, c in zip(head[::3], head[1::3], head[2::3], strict=False)
    ]
    try:
        result = source.edited(chosen)
        places = list(source.byte_edits(chosen))
        source.patch("x", chosen)
    except (ImpossibleEdits, InputError):
        return
    position, left = 0, result
    for start, end, new in places:
        kept = rest[position:start] + new
        _law(left.startswith(kept), "an edit changed what is before it")
        left, position = left[len(kept) :], end
    _law(left == rest[position:], "an edit changed what is behind it")


TARGETS: Final[Mapping[str, Target]] = {
    **{name: again(name) for name in TOKENS},
    "bibtex": bibtex,
    "latex": latex,
    "names": names,
    "edits": edits,
}


# --- what to begin with


def seeds(name: str) -> Iterator[bytes]:
    """Inputs to begin with: the bundled references, or a text of our own."""
    if name in SEEDS:
        yield SEEDS[name].encode()
        return
    data = (ROOT / "data" / "seed_refs.yaml").read_bytes()
    references = FORMATS[FormatName.CSL_YAML].load(decode(data, "x")).references
    for target in ("bibtex", "biblatex") if name == "bibtex" else (name,):
        dump = FORMATS[FormatName(target)].dump
        if dump is not None:
            yield from (dump([one]).encode() for one in references)


def dictionary(name: str) -> str:
    """The words that a random byte never becomes, as libFuzzer reads them."""
    tokens = (token.encode() for token in TOKENS.get(name, TOKENS["bibtex"]))
    lines = ("".join(f"\\x{byte:02x}" for byte in token) for token in tokens)
    return "".join(f'"{line}"\n' for line in lines)
