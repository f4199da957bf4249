"""DOIs in running text: where they begin, where they end."""

from __future__ import annotations

import pytest

from lupusrefs.model.doi import Doi
from lupusrefs.model.doi_text import find_dois


def names(text: str) -> list[str]:
    """Return the names found, in order."""
    return [mention.doi.name for mention in find_dois(text)]


@pytest.mark.parametrize(
    "text",
    [
        "See 10.1000/abc.",
        "(doi:10.1000/abc).",
        "DOI10.1000/abc, and",
        "“10.1000/abc”",
        "'10.1000/abc'",
        "`10.1000/abc`",
        "**10.1000/abc**",
        "_10.1000/abc_",
        "$10.1000/abc$",
        "10.1000/abc’s",
        "10.1000/abc—and",
        "10.1000/abc?",
        "10.1000/abc[12]",
        "10.1000/abc[3,4-6].",
        "doi = {10.1000/abc},",
        "{{cite|doi=10.1000/abc|pmid=1}}",
        "<p>10.1000/abc</p>",
        "<p>10.1000/abc<br>next",
        "10.1000/abc-->",
        "&lt;p&gt;10.1000/abc&lt;/p&gt;",
        '"doi": "10.1000\\/abc",',
        '"doi": "10.1000/abc"}',
        "论文10.1000/abc的研究，",
        "10.1000/abc\u200b.",
        "https://doi.org/10.1000/abc#fragment",
        "https://x.org/doi/pdf/10.1000/abc?casa_token=1",
        "https://x.org/doi/10.1000/abc/epdf",
        "https://x.org/doi/10.1000/abc;jsessionid=A1",
        "https://x.org/content/pdf/10.1000/abc.pdf",
        "https://x.org/get?uri=info%3adoi%2f10.1000%2fabc&representation=pdf",
        "https://x.org/go?u=https%3A%2F%2Fdoi.org%2F10.1000%2Fabc%3Fx%3D1&v=2",
        "https://x.org/id=10.1000/abc&amp;format=pdf",
        "10.1000/abc\\n next",
        "10.1000/abc&quot;",
    ],
)
def test_what_stands_around_a_doi_is_not_swallowed(text: str) -> None:
    """Prose, markup and URLs end a DOI; the trimmed reading comes first."""
    assert names(text) == ["10.1000/abc"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("(10.1016/S0304-3975(99)00220-0)", "10.1016/S0304-3975(99)00220-0"),
        (
            "<b>10.1002/1(2)1:1<13::AID>3.0.CO;2-#</b>",
            "10.1002/1(2)1:1<13::AID>3.0.CO;2-#",
        ),
        ("x 10.1002/a:6&lt;37::AID&gt;3.0.CO;2-M.", "10.1002/a:6<37::AID>3.0.CO;2-M"),
        (r"{10.1007/978-3-642-31020-1\_1}", "10.1007/978-3-642-31020-1_1"),
        ("10.18730/EYTG~ is wheat", "10.18730/EYTG~"),
        ("10.1007/978–3–642.", "10.1007/978-3-642"),
        ("10.978.8898392/315 is an ISBN-A", "10.978.8898392/315"),
        ("doi:10.12/x", "10.12/x"),
        (
            "https://www.biorxiv.org/content/10.1101/2020.01.01.123456v2.full.pdf",
            "10.1101/2020.01.01.123456",
        ),
        ("https://doi.org/10.1000/ab/full", "10.1000/ab/full"),
        ("https://www.doi.org/gf4gqc.", "10/gf4gqc"),
        ("see doi:10/gf4gqc, and", "10/gf4gqc"),
    ],
)
def test_what_belongs_to_a_doi_is_kept(text: str, name: str) -> None:
    """Balanced brackets, SICI, escapes; a resolver's path is the DOI's own."""
    assert names(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "It's 10:30, on 10/12/2020",
        "10/10 in archive 10/XYZ/123...",
        "version 1.10.1234/x and 110.1234/foo",
        "somerubbish10.1234/abc",
        "10.60 people, 10.12/x",
        "https://doi.org/ and https://doi.org/10.5061",
        "https://www.doi.org/handbook and https://doi.org/About/us",
        "10.1234/... or 10.1234/",
        "10.978.8898392/NotARealIsbnA",
    ],
)
def test_what_only_looks_like_a_doi_is_left(text: str) -> None:
    """Times, dates, scores and version numbers are not DOIs."""
    assert names(text) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.1145/\n3442381.3450048 x", ["10.1145/3442381.3450048"]),
        ("10.1145/3442381.\n3450048", ["10.1145/3442381.3450048"]),
        ("10.1038/s41586-\r\n  020-2649-2", ["10.1038/s41586-020-2649-2"]),
        ("10.1000/xyz.\n12. Smith J.", ["10.1000/xyz"]),
        ("10.1000/xyz.\n2019 was a year", ["10.1000/xyz"]),
        ("https://doi.org/10.1000/abc/\nThe next", ["10.1000/abc"]),
        ("10.5194/wes-1\n10.5194/wes-2", ["10.5194/wes-1", "10.5194/wes-2"]),
        ("10.1000/abc-\n- item 2", ["10.1000/abc"]),
        ("10.1000/tse.\n2002.1041053", ["10.1000/tse.2002.1041053"]),
        ("10.1000/meeting\n-hp071.", ["10.1000/meeting-hp071"]),
        ("10.1000/abc\n-5 degrees", ["10.1000/abc"]),
        ("10.1000/abc\n-item", ["10.1000/abc"]),
    ],
)
def test_a_line_break_is_bridged_where_a_doi_cannot_end(
    text: str, found: list[str]
) -> None:
    """Behind a slash, at a hyphen, at a dot with a long number or before a hyphen."""
    assert names(text) == found


def test_a_hyphen_at_a_line_break_leaves_three_readings() -> None:
    """The hyphen may be the DOI's, the typesetter's, or the end."""
    (mention,) = find_dois("10.1016/j.neuro-\nimage.2003.12.005")
    assert mention.doi.candidates == (
        "10.1016/j.neuro-image.2003.12.005",
        "10.1016/j.neuroimage.2003.12.005",
        "10.1016/j.neuro",
    )


def test_the_untrimmed_reading_is_a_later_candidate() -> None:
    """10.1124/mol... is registered, with its three dots (Crossref sample)."""
    (mention,) = find_dois("See 10.1124/mol...")
    assert mention.doi.candidates[0] == "10.1124/mol"
    assert "10.1124/mol..." in mention.doi.candidates


def test_several_dois_keep_their_order_and_repetitions() -> None:
    """A list, a Markdown link and a glued URL each give all they have."""
    assert names("10.1000/a,10.1000/b;10.1000/c") == [f"10.1000/{x}" for x in "abc"]
    assert names("[10.1000/a](https://doi.org/10.1000/a)") == ["10.1000/a"] * 2
    assert names("doi:10.1000/a&doi:10.1000/b") == ["10.1000/a", "10.1000/b"]
    assert names("10.1000/ahttps://doi.org/10.1000/b") == ["10.1000/a", "10.1000/b"]


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("See doi:10.1000/abc.", "10.1000/abc"),
        ("{10.1000/a\\_b},", "10.1000/a\\_b"),
        ("x 10.1000/a&lt;1:b&gt;c; y", "10.1000/a&lt;1:b&gt;c"),
        ("u=10.1000%2Fabc%3Cd%3E.", "10.1000%2Fabc%3Cd%3E"),
        ("10.1000/a\u200bbc.", "10.1000/a\u200bbc"),
        ("x.org/10.1000/abc/full", "10.1000/abc"),
        ("at https://doi.org/d8dn.", "https://doi.org/d8dn"),
    ],
)
def test_the_range_covers_the_name_as_it_stands(text: str, covered: str) -> None:
    """A fix edits just these characters, and they read as the same DOI."""
    (mention,) = find_dois(text)
    assert text[mention.start : mention.end] == covered
    assert mention.doi.original == covered
    assert Doi.parse(covered) == mention.doi


def test_a_very_long_run_is_cut() -> None:
    """Prose has no DOI of megabytes; what follows is still found."""
    text = "10.1000/" + "a" * 10_000 + " 10.1000/b"
    first, second = find_dois(text)
    assert len(first.doi.name) < 5_000
    assert second.doi.name == "10.1000/b"
