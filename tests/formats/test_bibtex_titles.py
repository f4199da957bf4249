"""BibTeX, written: markup and capitals of titles.

``_change_case`` is an independent reading of bibtex.web, "Perform the case conversion",
the procedure that the braces are there for.
"""

from __future__ import annotations

import re

import pytest

from lupusrefs.formats.bibtex import dump_bibtex
from lupusrefs.formats.bibtex.latex import rich, title
from lupusrefs.model.item import Item


def _change_case(text: str) -> str:
    """What ``"t" change.case$`` of a BibTeX style makes of an ASCII field."""
    out: list[str] = []
    depth, index, after_colon = 0, 0, False
    while index < len(text):
        char = text[index]
        kept = index == 0 or (after_colon and text[index - 1].isspace())
        if char == "{":
            depth += 1
            if depth == 1 and text[index + 1 : index + 2] == "\\" and not kept:
                end = _closing(text, index)
                out.append(_lower_letters(text[index:end]))
                depth, index, after_colon = 0, end, False
                continue
            after_colon = False
        elif char == "}":
            depth -= 1
            after_colon = False
        elif depth == 0:
            out.append(char if kept or not char.isascii() else char.lower())
            index += 1
            after_colon = char == ":" or (after_colon and char.isspace())
            continue
        out.append(char)
        index += 1
    return "".join(out)


def _closing(text: str, index: int) -> int:
    depth = 0
    for end in range(index, len(text)):
        depth += (text[end] == "{") - (text[end] == "}")
        if depth == 0:
            return end + 1
    return len(text)


def _lower_letters(special: str) -> str:
    parts = re.split(r"(\\[A-Za-z]+)", special)
    return "".join(part if part.startswith("\\") else part.lower() for part in parts)


def _without_braces(text: str) -> str:
    return text.replace("{", "").replace("}", "")


@pytest.mark.parametrize(
    ("given", "written"),
    [
        # Sentence case: every capital after the first word is meant.
        (
            "CD19-targeted CAR T cells in lupus",
            "{CD19}-targeted {CAR} {T} cells in lupus",
        ),
        ("Role of IL-2 in mice", "Role of {IL-2} in mice"),
        (
            "An mRNA vaccine at pH 7 on an iPhone",
            "An {mRNA} vaccine at {pH} 7 on an {iPhone}",
        ),
        ("Jabs for COVID-19 given in Berlin", "Jabs for {COVID-19} given in {Berlin}"),
        ("SARS-CoV-2 and PD-1/PD-L1", "{SARS-CoV-2} and {PD-1/PD-L1}"),
        ("Role of Helicobacter in man", "Role of {Helicobacter} in man"),
        ("Serum vitamin B12 in adults", "Serum vitamin {B12} in adults"),
        ("Deaths in the U.S. in winter", "Deaths in the {U.S.} in winter"),
        ("A study by McDonald", "A study by {McDonald}"),
        # Kept by BibTeX itself: the first letter, and one after a colon.
        ("T cells in lupus: A review", "T cells in lupus: A review"),
        ("DNA repair: RNA too", "{DNA} repair: {RNA} too"),
        # Not kept: after a question mark, and behind a quotation mark.
        ("Friends? A new model of blood", "Friends? {A} new model of blood"),
        ("“Hybrid” molecules in use", "“{Hybrid}” molecules in use"),
        # Title Case: only symbols.
        (
            "CD19-Targeted CAR T Cells in Systemic Lupus Erythematosus",
            "{CD19}-Targeted {CAR} {T} Cells in Systemic Lupus Erythematosus",
        ),
        (
            "Expression of Ki-67 in Thyroid Tissue",
            "Expression of {Ki-67} in Thyroid Tissue",
        ),
        ("Open Access and the Humanities", "Open Access and the Humanities"),
        ("Deep Learning", "Deep Learning"),
        ("Attention Is All You Need", "Attention Is All You Need"),
        ("Vitamin A in Young Children", "Vitamin {A} in Young Children"),
        ("Mice: A Study Of A New Model", "Mice: A Study Of A New Model"),
        ("What Should I Do With Data", "What Should {I} Do With Data"),
        # Capitals throughout: nothing can be known.
        ("REGULATORY T CELLS IN LUPUS", "REGULATORY T CELLS IN LUPUS"),
        ("DNA", "{DNA}"),
        ("", ""),
    ],
)
def test_capitals(given: str, written: str) -> None:
    """Braces stand around what a style must not lower, and around nothing else."""
    assert title(given) == written


@pytest.mark.parametrize(
    "sentence",
    [
        "CD19-targeted CAR T cells in refractory lupus: A report from Erlangen",
        "Is serum IL-17A useful? The case of Langerhans in the U.S. and at NASA/ESA",
        "Low-dose IL-2 therapy in refractory SLE: insights from a phase I/IIA trial",
        "Binding of mRNA by eIF4E in McCoy cells (HeLa) at pH 7.4",
        '"Hybrid" models of the Bayes factor: "Why not?" A reply to R. A. Fisher',
        "A rebuttal: X-ray and D2.1 in van't Hoff's and O'Brien's works",
    ],
)
def test_sentence_case_survives_change_case(sentence: str) -> None:
    """A title in sentence case comes out of ``change.case$`` as it was."""
    assert _without_braces(_change_case(title(sentence))) == sentence


def test_german_nouns_survive_change_case() -> None:
    """Where nouns have capitals no title is in Title Case: all are protected."""
    german = "Der Stand der Forschung zu Lupus und anderen Krankheiten"
    assert title(german, english=False) == (
        "Der {Stand} der {Forschung} zu {Lupus} und anderen {Krankheiten}"
    )


@pytest.mark.parametrize(
    ("given", "written"),
    [
        ("of <i>E. coli</i> in mice", r"of \emph{E. coli} in mice"),
        ("<b>Bold</b> move", r"\textbf{Bold} move"),
        ("the CD4<sup>+</sup> T cell", r"the {CD4}\textsuperscript{+} {T} cell"),
        ("of H<sub>2</sub>O", r"of {H}\textsubscript{2}{O}"),
        ("a <sup>18</sup>F tracer", r"a \textsuperscript{18}{F} tracer"),
        (
            'the <span style="font-variant:small-caps;">dna</span> of',
            r"the \textsc{dna} of",
        ),
        ("about <scp>L</scp>-histidine", r"about \textsc{L}-histidine"),
        # Escaped once more than needed (registries.md 2.5).
        (
            "on &amp;lt;scp&amp;gt;DC‐DC&amp;lt;/scp&amp;gt; use",
            r"on \textsc{DC‐DC} use",
        ),
        ('a <span class="nocase">Very Big</span> deal', "a {Very Big} deal"),
        ('a <span class="nocase"><i>Big</i></span> one', r"a {{\emph{Big}}} one"),
        ("a <i><b>Big</b></i> one", r"a \emph{{\textbf{Big}}} one"),
        ("<title>Old title</title>", "Old title"),
        ("unclosed <i>tag", r"unclosed \emph{tag}"),
        ("stray</i> tag", "stray tag"),
        (
            "p<0.05 and <foo> q>1",
            r"p\textless{}0.05 and \textless{}foo\textgreater{} q\textgreater{}1",
        ),
        (
            '<mml:math xmlns:mml="x"><mml:mi>α</mml:mi></mml:math> rays',
            "α rays",
        ),
        # Line breaks of a pretty printer (registries.md 2.5).
        (
            "in Hg\n  <sub>3</sub>\n  Se\n  <sub>2</sub>",
            r"in {Hg}\textsubscript{3}{Se}\textsubscript{2}",
        ),
        ("clams (\n   <i>Tridacna</i>\n   ) see", r"clams (\emph{Tridacna}) see"),
        ("genus\n   <i>Meta</i>\n   of spiders", r"genus \emph{Meta} of spiders"),
        # Math stays math; change.case$ would make \delta of \Delta.
        ("the $p$-adic case", "the $p$-adic case"),
        (r"on $\Delta_{x}$ terms", r"on {$\Delta_{x}$} terms"),
        ("$$x^2 $$ terms", "$x^2$ terms"),
        ("between $5 and $10 each", r"between \$5 and \$10 each"),
        ("the $a{b$ case", r"the \$a\textbraceleft{}b\$ case"),
        ("at $50% of$ all", r"at \$50\% of\$ all"),
    ],
)
def test_markup(given: str, written: str) -> None:
    """CSL rich text, registries' markup and TeX math become LaTeX."""
    assert title(given) == written


@pytest.mark.parametrize(
    "marked",
    ["a <i><b>Big</b></i> one", 'a <span class="nocase"><i>Big</i></span> one'],
)
def test_marked_text_survives_change_case(marked: str) -> None:
    """A brace before a backslash does not protect, so there are two of them."""
    assert "Big" in _change_case(title(marked))


def test_no_capitals_are_protected_outside_titles() -> None:
    """Styles do not change the case of journals and publishers."""
    assert rich("J. <i>DNA</i> R&amp;D") == r"J. \emph{DNA} R\&D"


def test_a_title_in_title_case_gets_no_braces() -> None:
    """Braces around every word are what nobody wants (better-bibtex#563)."""
    title = "Insights into How Longicorn Beetle Larvae Determine the Timing of DNA"
    item = Item(id="x", type="article-journal", title=title)
    expected = title.replace("DNA", "{DNA}")
    assert f"title = {{{expected}}}" in dump_bibtex([item])


def test_the_capital_of_a_name_gets_braces_where_it_is_the_only_one() -> None:
    """A title of few words may be in either case: then none of them is lost."""
    item = Item(id="x", type="article-journal", title="Lupus in Berlin")
    assert "title = {Lupus in {Berlin}}" in dump_bibtex([item])
