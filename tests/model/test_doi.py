"""The DOI value: spellings, candidates, encoding, complaints.

Names of real DOIs come from Crossref's and DataCite's records unless said otherwise;
10.1000/... and 10.1234/... are the Handbook's and our own examples.
"""

from __future__ import annotations

import dataclasses
import subprocess
import sys

import pytest

from lupusrefs.errors import InvalidDoi, InvalidIdentifier
from lupusrefs.model.doi import Doi, quote_name, resolver_url
from lupusrefs.model.doi_text import find_dois

SICI = "10.1002/1096-9128(200005)12:6<375::AID-CPE480>3.0.CO;2-M"


@pytest.mark.parametrize(
    "spelling",
    [
        "10.1000/abc_1",
        " 10.1000/abc_1\t\n",
        "doi:10.1000/abc_1",
        "DOI: 10.1000/abc_1",
        "DOI 10.1000/abc_1",
        "doi10.1000/abc_1",
        "doi/10.1000/abc_1",
        "urn:doi:10.1000/abc_1",
        "urn:10.1000/abc_1",
        "info:doi/10.1000/abc_1",
        "info:hdl/10.1000/abc_1",
        "https://doi.org/10.1000/abc_1",
        "HTTP://DX.DOI.ORG/10.1000/abc_1",
        "https://www.doi.org/10.1000/abc_1",
        "http://hdl.handle.net/10.1000/abc_1",
        "http://doi.acm.org/10.1000/abc_1",
        "http://dx.doi.de/10.1000/abc_1",
        "doi.org/10.1000/abc_1",
        "//doi.org/10.1000/abc_1",
        "http:/doi.org/10.1000/abc_1",
        "https://doi.org/urn:doi:10.1000/abc_1",
        "https://doi.org/doi:10.1000/abc_1",
        "https://doi-org.proxy.lib.example.edu/10.1000/abc_1",
        "https://doi.org.proxy.lib.example.edu/10.1000/abc_1",
        "http://80-doi.acm.org.proxy.lib.example.edu/10.1000/abc_1",
        "https://n2t.net/doi:10.1000/abc_1",
        "https://api.crossref.org/works/10.1000%2Fabc_1",
        "https://doi.org/10.1000%2Fabc_1",
        "https%3A%2F%2Fdoi.org%2F10.1000%2Fabc_1",
        "https://doi.org/10.1000/abc_1?utm_source=x",
        "<10.1000/abc_1>",
        "<https://doi.org/10.1000/abc_1>.",
        '"10.1000/abc_1"',
        "“10.1000/abc_1”",
        "(doi:10.1000/abc_1)",
        r"10.1000/abc\_1",
        r"10.1000/abc{\_}1",
        r"10.1000/abc{\string_}1",
        r"10.1000/abc\textunderscore{}1",
        r"\url{https://doi.org/10.1000/abc\_1}",
        "10.1000/abc&#95;1",
        "10.1000/a\u200bbc_1",
        "10.1000/a\u00adbc_1",
        "\ufeff10.1000/abc_1",
        "doi:\u00a010.1000/abc_1",
        "10.1000/abc_1\u200e",
        "１０．１０００／ａｂｃ_1",
        "10. 1000/abc_1",
        "https : / / doi.org / 10 .1000 / abc _1",
    ],
)
def test_every_spelling_of_a_doi_is_read(spelling: str) -> None:
    """Labels, resolvers, wrappers and encodings all come off (registries.md 5)."""
    doi = Doi.parse(spelling)
    assert doi.name == "10.1000/abc_1"
    assert doi.original == spelling
    assert doi.candidates[0] == doi.name


@pytest.mark.parametrize(
    "spelling",
    [
        SICI,
        "10.1002/1096-9128(200005)12:6%3C375::AID-CPE480%3E3.0.CO;2-M",
        "10.1002/1096-9128(200005)12:6&lt;375::AID-CPE480&gt;3.0.CO;2-M",
        "10.1002/1096-9128(200005)12:6&amp;lt;375::AID-CPE480&amp;gt;3.0.CO;2-M",
        "10.1002/1096-9128(200005)12:6&#60;375::AID-CPE480&#62;3.0.CO;2-M",
        "10.1002/1096-9128(200005)12:6$<$375::AID-CPE480$>$3.0.CO;2-M",
        r"10.1002/1096-9128(200005)12:6\textless{}375::AID-CPE480\textgreater3.0.CO;2-M",
        r"10.1002/1096-9128(200005)12:6\%3C375::AID-CPE480\%3E3.0.CO;2-M",
        "https://doi.org/10.1002/1096-9128(200005)12:6%253C375::AID-CPE480%253E3.0.CO;2-M",
    ],
)
def test_the_brackets_of_a_sici_survive_every_encoding(spelling: str) -> None:
    """Wiley's DOIs of the 1990s hold ``<`` and ``>``, and are encoded everywhere."""
    assert Doi.parse(spelling).name == SICI


@pytest.mark.parametrize(
    "name",
    [
        "10.17070/aeaas.2014.12.36.",
        "10.35609/gcbssproceeding.2022.1(9)",
        "10.1044/1092-4388(2013/13-0097)",
        "10.1002/(sici)1234-987x(199607)9:4<135::aid-meh422>3.3.co;2-#",
        "10.1002/1099-1166(200112)16:1+<::aid-gps563>3.0.co;2-0",
        "10.1037//0022-3514.49.1.233",
        "10.5424/http://dx.doi.org/10.5424/sjar/20110903-330-10",
        "10.18730/EYTG~",
        "10.123456/x",
        "10.1000.10/123",
        "10.1016/üникóδé-дôΐ",
        "10.1000/a%zz",
        "10.1000/" + "x" * 5000,
    ],
)
def test_an_unusual_name_is_kept_letter_by_letter(name: str) -> None:
    """As written first: prefixes of any length, any printable suffix (Handbook 2.2)."""
    doi = Doi.parse(name)
    assert doi.name == name
    assert Doi.parse(doi.url).name == name


@pytest.mark.parametrize(
    ("text", "candidates"),
    [
        ("10.1000/abc.", ["10.1000/abc.", "10.1000/abc"]),
        ("10.1000/abc).", ["10.1000/abc).", "10.1000/abc)", "10.1000/abc"]),
        ("10.1000/a(b)", ["10.1000/a(b)"]),
        ("10.1000/a(b))", ["10.1000/a(b))", "10.1000/a(b)"]),
        ("10.1109/TPDS.2009.84>", ["10.1109/TPDS.2009.84>", "10.1109/TPDS.2009.84"]),
        ("10.1000/abc/", ["10.1000/abc/", "10.1000/abc"]),
        ("10.1000/abc…", ["10.1000/abc…", "10.1000/abc"]),
        ('10.1000/abc";', ['10.1000/abc";', '10.1000/abc"', "10.1000/abc"]),
        ("10.1000/ab/full", ["10.1000/ab/full", "10.1000/ab"]),
        ("https://doi.org/10.1000/ab?c", ["10.1000/ab", "10.1000/ab?c"]),
        ("10.1000/1–2", ["10.1000/1-2", "10.1000/1–2"]),
        ("10.1000/a%3Cb", ["10.1000/a<b", "10.1000/a%3Cb"]),
        ("10.1000/a{b}|c", ["10.1000/a{b}|c", "10.1000/abc"]),
    ],
)
def test_doubtful_readings_follow_the_first(text: str, candidates: list[str]) -> None:
    """The registry decides, so each further reading is offered in its turn."""
    assert list(Doi.parse(text).candidates) == candidates


def test_candidates_stay_few_on_a_tail_of_punctuation() -> None:
    """A thousand brackets may not become a thousand requests."""
    doi = Doi.parse("10.1000/abc" + ")" * 1000)
    assert len(doi.candidates) <= 10
    assert "10.1000/abc" in doi.candidates


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("10/d8dn", "10/d8dn"),
        ("https://doi.org/d8dn", "10/d8dn"),
        ("www.doi.org/d8dn", "10/d8dn"),
        ("https://doi.org/10/d8dn", "10/d8dn"),
        ("doi:10/d8dn", "10/d8dn"),
    ],
)
def test_a_short_doi_is_read(text: str, name: str) -> None:
    """A shortDOI stands for a DOI that only doi.org can name."""
    doi = Doi.parse(text)
    assert doi.name == name
    assert doi.is_short
    assert doi.prefix == "10"


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("", "no text", None),
        ("https://doi.org/", "no text", None),
        ("10.1000", "no slash", None),
        ("10.1.1.143.1555", "no slash", "CiteSeerX"),
        ("10.1000/", "nothing behind the slash of '10.1000'", None),
        ("12.1000/x", "not begin with '10.'", None),
        ("0.26615/978", "not '10.'", "10.26615/978"),
        ("10.10O0/12", "'10.10O0' has letters", "10.1000/12"),
        ("10-1098/rsta", "no dot", "10.1098/rsta"),
        ("10.1.NOTGOOD.0/12", "not '10.' and numbers", None),
        ("10/XYZ/123", "a shortDOI has only letters and digits", None),
        ("10.1126/science. 1138595", "blank behind", "10.1126/science.1138595"),
        ("seen 10.1000/abc there", "blank behind 'seen'", "found 10.1000/abc inside"),
        ("https://x.org/10.1000/abc/pdf", "'10.'", "found 10.1000/abc inside"),
        ("10.1000/\x07", "control character", None),
        ("10.1000/\ud800", "half a character", None),
        ("12082125", "not begin with '10.'", "PMID:12082125"),
        ("[10.1000/a](https://doi.org/10.1000/a)", "'10.'", "found 10.1000/a"),
        ("10.1000/" + "%" * 12 + "3" * 23 + "C", "over and over", None),
    ],
)
def test_a_complaint_says_what_is_wrong(
    text: str, message: str, hint: str | None
) -> None:
    """The user learns which part is wrong, and what it may have been."""
    with pytest.raises(InvalidDoi) as raised:
        Doi.parse(text)
    assert message in str(raised.value)
    assert (hint or "a DOI has the shape 10.1000/182") in (raised.value.hint or "")


def test_a_complaint_quotes_only_the_beginning_of_a_long_text() -> None:
    """Ten megabytes of rubbish do not become a message of ten megabytes."""
    with pytest.raises(InvalidDoi) as raised:
        Doi.parse("(" * 10_000_000)
    assert len(str(raised.value)) < 300


@pytest.mark.parametrize("unit", ["(", "10.", "10.1234/a)", "%25", "&amp;", ".pdf"])
def test_hostile_repetition_is_survived(unit: str) -> None:
    """Text built to make a pattern backtrack is answered, by a value or a refusal."""
    text = unit * (1_000_000 // len(unit))
    try:
        assert Doi.parse(text).candidates
    except InvalidDoi as error:
        assert error.args  # noqa: PT017 - either answer is right, silence is not
    assert all(mention.start < mention.end for mention in find_dois(text))


def test_equality_folds_ascii_letters_only() -> None:
    """Handbook 2.2: ASCII case is folded; ``Ä`` and ``ä`` are two DOIs."""
    assert Doi.parse("10.1000/ABC") == Doi.parse("doi:10.1000/abc")
    assert hash(Doi.parse("10.1000/ABC")) == hash(Doi.parse("10.1000/abc"))
    assert Doi.parse("10.1000/Ä") != Doi.parse("10.1000/ä")
    assert Doi.parse("10.1000/ÄB").key == "10.1000/Äb"
    assert Doi.parse("10.1000/abc") != "10.1000/abc"


def test_the_parts_of_a_doi() -> None:
    """The first slash parts prefix from suffix."""
    doi = Doi.parse("10.1000.10/A/b")
    assert (doi.prefix, doi.suffix, doi.key) == ("10.1000.10", "A/b", "10.1000.10/a/b")
    assert str(doi) == "10.1000.10/A/b"
    assert not doi.is_short


def test_a_doi_cannot_be_changed() -> None:
    """A value stays what it is."""
    with pytest.raises(dataclasses.FrozenInstanceError):
        Doi.parse("10.1000/abc").name = "10.1000/def"  # type: ignore[misc]


def test_a_registered_name_is_not_read_again() -> None:
    """What a registry says is taken literally, even ``%3C``; but it must be a DOI."""
    assert Doi.registered("10.1000/a%3Cb").candidates == ("10.1000/a%3Cb",)
    with pytest.raises(InvalidIdentifier):
        Doi.registered("doi:10.1000/a")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ('10.1000/%"# ?', "10.1000/%25%22%23%20%3F"),
        ("10.1000/<>{}^[]`|\\+", "10.1000/%3C%3E%7B%7D%5E%5B%5D%60%7C%5C%2B"),
        ("10.1000/a/./b", "10.1000/a/.%2Fb"),
        ("10.1000/a/../b", "10.1000/a/..%2Fb"),
        ("10.1000/a/./../b", "10.1000/a/.%2F../b"),
        ("10.1000/a/..", "10.1000/a%2F.."),
        ("10.1000/a...b;c,d:(e)", "10.1000/a...b;c,d:(e)"),
        ("10.1000/ü", "10.1000/%C3%BC"),
    ],
)
def test_the_url_is_encoded_as_doi_info_says(name: str, path: str) -> None:
    """Mandatory and recommended characters, dot segments (registries.md 5)."""
    assert resolver_url(name) == f"https://doi.org/{path}"


def test_the_resolver_can_be_another() -> None:
    """Mirrors and tests answer elsewhere."""
    assert resolver_url("10.1/a", "http://x/") == "http://x/10.1/a"


def test_a_name_as_one_path_segment_has_no_comma_or_slash() -> None:
    """DoiRA takes a bare comma for a separator (registries.md 1.2)."""
    assert quote_name("10.1000/a,b;c(ü)") == "10.1000%2Fa%2Cb%3Bc%28%C3%BC%29"


def test_importing_the_value_is_cheap() -> None:
    """The command line starts without pydantic, httpx or the tables of HTML."""
    code = (
        "import sys, lupusrefs.model.doi, lupusrefs.model.identifiers;"
        "print([m for m in ('pydantic', 'httpx', 'html', 'urllib.parse')"
        " if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
