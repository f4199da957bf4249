"""Styles for books and their chapters, theses, reports, data, and pages of the web."""

from __future__ import annotations

from typing import Final

from freetext_names import NameStyle, full_name, names
from freetext_writer import (
    BODIES,
    ORDINALS,
    PLACES,
    PUBLISHERS,
    UNIVERSITIES,
    Writer,
    options,
    quoted_title,
)
from lupusrefs.freetext import labels as l


def _imprint(w: Writer) -> None:
    """Place, publisher and date, in some order."""
    place, publisher = w.pick(*PLACES), w.pick(*PUBLISHERS)
    if w.facts.publisher and w.maybe(0.3):
        publisher = w.facts.publisher
    form = w.pick("both", "both", "both", "turned", "publisher", "place")
    if form == "both":
        w.put(l.PLACE, place)
        w.put("", w.pick(": ", ": ", ", ", " : "))
    if form != "place":
        w.put(l.PUBLISHER, publisher)
    if form == "turned":
        w.put("", ", ")
    if form in {"turned", "place"}:
        w.put(l.PLACE, place)


def _edition(w: Writer) -> None:
    if w.maybe(0.2):
        number = w.pick(*ORDINALS)
        form = w.pick(
            "{} ed.",
            "({} ed.)",
            "{} edition",
            "{} edn.",
            "Rev. ed.",
            f"{number[:1]}. Aufl.",
            f"{number[:1]}e éd.",
        )
        w.put("", w.pick(" ", ", ", ". "))
        w.put(l.EDITION, form.format(number))


def _helpers(w: Writer) -> None:
    """Who edited or translated a book by somebody else."""
    if not w.maybe(0.25) or not w.facts.editors:
        return
    style = w.random.choice((NameStyle(full_name, full_name, last=" and "), w.style))
    people = names(style, w.facts.editors[:3], 3)
    w.put("", w.pick(". ", ", ", ". ", " ("))
    closing = ")" if w.pieces[-1][1] == " (" else ""
    if w.maybe(0.5):
        lead = w.pick(
            "Edited by ", "Ed. ", "ed. ", "Eds. ", "edited by ", "Hrsg. von ", "éd. "
        )
        w.put(l.EDITOR, lead + people)
    else:
        lead = w.pick(
            "Translated by ",
            "Trans. ",
            "trans. ",
            "Übers. von ",
            "Trad. ",
            "translated by ",
        )
        w.put(l.TRANSLATOR, lead + people)
    w.put("", closing)


_SERIES: Final = options(
    "Lecture Notes in Computer Science|LNCS|Progress in Mathematics"
    "|Springer Series in Statistics|Advances in Experimental Medicine and Biology"
    "|Graduate Texts in Mathematics|Cambridge Studies in Linguistics|Reclams Bibliothek"
    "|London Mathematical Society Lecture Note Series|Que sais-je"
)


def _series(w: Writer) -> None:
    """The series of a book, and its number there."""
    if not w.maybe(0.12):
        return
    number = str(w.random.randint(2, 900))
    series = w.pick(*_SERIES)
    if w.maybe(0.4):
        w.put("", ", ")
        w.put(l.VOLUME, "volume " + number)
        w.put("", " ")
        w.put(l.COLLECTION, "of " + series)
        return
    w.put("", w.pick(" (", ". ", ", "))
    closing = ")" if w.pieces[-1][1] == " (" else ""
    w.put(l.COLLECTION, series)
    if w.maybe(0.5):
        w.put("", w.pick(", ", " "))
        w.put(l.VOLUME, w.pick("vol. ", "Vol. ", "") + number)
    w.put("", closing)


def book(w: Writer) -> None:
    """A book, or a volume that somebody edited."""
    editors = w.maybe(0.15)
    if editors:
        people = names(w.style, w.facts.authors[:4], 4)
        form = w.pick(" (Eds.)", ", eds.", " (ed.)", ", editors", " (Hrsg.)", ", ed.")
        w.put(l.EDITOR, people + form)
    else:
        w.authors()
    ends = w.pieces[-1][1].endswith(".")
    early = w.maybe(0.5)
    if early:
        w.put("", w.pick(" (", ". ", ", ") if not ends else " (")
        bracket = w.pieces[-1][1] == " ("
        w.put(l.ISSUED, w.date())
        w.put("", w.pick("). ", "), ", "): ", ") ") if bracket else w.pick(". ", ", "))
    else:
        w.put("", w.pick(". ", ", ", ": ") if not ends else " ")
    w.put(l.TITLE, w.facts.title)
    _helpers(w)
    _series(w)
    _edition(w)
    bracket = not early and w.maybe(0.4)
    w.put("", " (" if bracket else w.pick(". ", ". ", ", "))
    _imprint(w)
    if not early:
        w.put("", w.pick(", ", "; ", ", ", " "))
        w.put(l.ISSUED, w.date())
    w.put("", ")" if bracket else "")
    if w.maybe(0.1):
        w.put("", ". ")
        w.put(
            l.PAGE, f"{w.random.randint(80, 900)} {w.pick('p.', 'pp.', 'S.', 'pages')}"
        )
    w.put("", w.pick(".", ".", ""))


_MEETINGS: Final = options(
    "Proceedings of the {} International Conference on |Proc. {} Symposium on "
    "|{} Annual Meeting of the |Proceedings of the {} Workshop on |Advances in "
)
_SHORT_MEETINGS: Final = options(
    "CVPR|Proc. ICML|NeurIPS|ACL|Proceedings of SIGIR ’09|ICRA|Proc. CHI 2011"
)


def _meeting(w: Writer) -> str:
    """The name of a conference on what a book is about."""
    number = w.pick("12th", "3rd", "2019", "21st", "Fifth")
    name = w.pick(*_MEETINGS).format(number)
    name += w.facts.book.split(":")[0][:50].strip()
    return w.pick(*_SHORT_MEETINGS) if w.maybe(0.3) else name


def _early_date(w: Writer) -> bool:
    """The date behind the names, in some styles; whether it was put there."""
    ends = w.pieces[-1][1].endswith(".")
    if not w.maybe(0.5):
        w.put("", w.pick(". ", ", ", ": ") if not ends else " ")
        return False
    w.put("", " (" if ends else w.pick(" (", ". ", ", "))
    bracket = w.pieces[-1][1] == " ("
    w.put(l.ISSUED, w.date())
    w.put("", w.pick("). ", "), ", "): ", ") ") if bracket else w.pick(". ", ", "))
    return True


def _editors_and_book(w: Writer, lead: str, name: str) -> None:
    """The editors before or behind the title of their book."""
    people = names(w.style, w.facts.editors[:4], 3)
    if w.maybe(0.6):
        mark = w.pick(
            " (Eds.)", " (eds.)", ", eds.", ", editors", " (Ed.)", " (Hrsg.)", " (eds)"
        )
        w.put(l.EDITOR, lead + people + mark)
        w.put("", w.pick(", ", " ", ". ", ": "))
        w.put(l.CONTAINER, name)
        return
    w.put(l.CONTAINER, lead + name)
    w.put("", ", ")
    by = w.pick("edited by ", "ed. ", "eds. ", "Ed. ", "hrsg. von ")
    w.put(l.EDITOR, by + people)


def chapter(w: Writer) -> None:
    """A chapter, or a paper at a conference."""
    conference = w.maybe(0.4)
    name = _meeting(w) if conference else w.facts.book
    w.authors()
    early = _early_date(w)
    if early or w.maybe(0.85):
        quote = w.pick("", "", "“", "'", '"')
        quoted_title(w, quote, w.pick(",", ".", "") if quote else "")
        w.put("", " " if quote else w.pick(". ", ", ", ". "))
    lead = w.pick("In ", "In: ", "in ", "in: ", "In ")
    if not conference and w.facts.editors and w.maybe(0.8):
        _editors_and_book(w, lead, name)
    else:
        w.put(l.CONTAINER, lead + name)
    _series(w)
    _edition(w)
    page = w.pages() or "12-34"
    behind = w.maybe(0.5)
    if not behind:
        w.put("", w.pick(" (", ", "))
        closing = ")" if w.pieces[-1][1] == " (" else ""
        w.put(l.PAGE, w.pick("pp. ", "pp. ", "p. ", "S. ", "pages ") + page)
        w.put("", closing)
    if w.maybe(0.8):
        w.put("", w.pick(". ", ", ", ". "))
        _imprint(w)
    if not early:
        w.put("", w.pick(", ", "; "))
        w.put(l.ISSUED, w.date(with_month=0.15))
    if behind:
        w.put("", w.pick(", ", ". ", ": "))
        w.put(l.PAGE, w.pick("pp. ", "p. ", "S. ", "", "pp ") + page)
    w.close()


def medical_chapter(w: Writer) -> None:
    """A chapter as medicine cites it (ICMJE): dots between parts, pages at the end."""
    w.authors()
    w.put("", " " if w.pieces[-1][1].endswith(".") else ". ")
    w.put(l.TITLE, w.facts.title)
    w.put("", ". ")
    editors = names(w.style, w.facts.editors[:4], 3)
    lead = w.pick("In: ", "In: ", "In ", "in: ")
    w.put(l.EDITOR, lead + editors + w.pick(", editors", ", eds", ", editor", ", eds."))
    w.put("", " " if w.pieces[-1][1].endswith(".") else w.pick(". ", ". ", ", "))
    w.put(l.CONTAINER, w.facts.book)
    _edition(w)
    w.put("", w.pick(". ", ". ", ", "))
    _imprint(w)
    w.put("", w.pick("; ", ", ", "; "))
    w.put(l.ISSUED, w.date())
    w.put("", w.pick(". ", ": ", ":", "; "))
    w.put(l.PAGE, w.pick("p. ", "p. ", "pp. ", "") + (w.pages() or "33-44"))
    w.put("", w.pick(".", ".", ""))


def thesis(w: Writer) -> None:
    """A thesis."""
    w.authors()
    ends = w.pieces[-1][1].endswith(".")
    early = w.maybe(0.5)
    if early:
        w.put("", " (")
        w.put(l.ISSUED, w.date())
        w.put("", w.pick("). ", "): ", "), "))
    else:
        w.put("", w.pick(". ", ", ", ": ") if not ends else " ")
    quoted_title(w, w.pick("", "", "“"))
    kind = w.pick(
        "PhD thesis",
        "Doctoral dissertation",
        "Master's thesis",
        "Dissertation",
        "Ph.D. dissertation",
        "Thèse de doctorat",
        "PhD diss.",
        "Masterarbeit",
        "Doctoral thesis",
    )
    w.put("", w.pick(". ", " (", ", ", " [", ". "))
    opener = w.pieces[-1][1].strip()
    w.put(l.GENRE, kind)
    w.put("", {"(": "). ", "[": "]. "}.get(opener, ", "))
    w.put(l.PUBLISHER, w.pick(*UNIVERSITIES))
    if w.maybe(0.3):
        w.put("", ", ")
        w.put(l.PLACE, w.pick(*PLACES))
    if not early:
        w.put("", ", ")
        w.put(l.ISSUED, w.date())
    w.put("", w.pick(".", ""))


def report(w: Writer) -> None:
    """A report of a body or of persons."""
    body = w.maybe(0.6)
    if body:
        w.put(l.AUTHOR, w.pick(*BODIES))
    else:
        w.authors()
    w.put("", w.pick(" (", ". "))
    early = w.pieces[-1][1] == " ("
    if early:
        w.put(l.ISSUED, w.date())
        w.put("", w.pick("). ", "): "))
    w.put(l.TITLE, w.facts.title)
    if w.maybe(0.6):
        w.put("", w.pick(" (", ". ", ", "))
        closing = ")" if w.pieces[-1][1] == " (" else ""
        w.put(
            l.GENRE,
            w.pick(
                "Technical Report",
                "Report No.",
                "Working Paper",
                "Tech. Rep.",
                "Discussion Paper",
                "NBER Working Paper",
            ),
        )
        w.put("", " ")
        w.put(
            l.NUMBER,
            w.pick(
                "TR-12-04",
                "217",
                "NIST 800-53",
                "CERN-2015-005",
                "ATL-PUB-2016-02",
                "2008-11",
                "CS-99-3",
                "24531",
            ),
        )
        w.put("", closing)
    w.put("", ". ")
    _imprint(w)
    if not early:
        w.put("", w.pick("; ", ", "))
        w.put(l.ISSUED, w.date(with_month=0.3))
    if w.maybe(0.6):
        w.access()
    else:
        w.put("", ".")


def electronic(w: Writer) -> None:
    """Preprints, data, software and pages of the web."""
    w.authors()
    w.put("", " (")
    w.put(l.ISSUED, w.date(with_month=0.3))
    w.put("", w.pick("). ", ") ", "): "))
    w.put(l.TITLE, w.facts.title)
    kind = w.pick("eprint", "server", "data", "page")
    if kind == "eprint":
        year, month = w.random.randint(8, 23), w.random.randint(1, 12)
        number = f"{year:02}{month:02}.{w.random.randint(1000, 9999)}"
        w.put("", w.pick(". ", ", "))
        if w.maybe(0.5):
            w.put(l.GENRE, "arXiv preprint")
            w.put("", " ")
        w.put(l.IDENTIFIER, w.pick("arXiv:", "arXiv: ") + number)
        w.put("", w.pick(".", ""))
    elif kind == "server":
        w.put("", w.pick(". ", ", "))
        w.put(
            l.CONTAINER,
            w.pick("bioRxiv", "medRxiv", "arXiv", "SSRN", "Preprints", "PsyArXiv"),
        )
        w.close()
    elif kind == "data":
        w.put("", w.pick(" [", ". "))
        closing = "]" if w.pieces[-1][1] == " [" else ""
        w.put(
            l.GENRE,
            w.pick(
                "Data set",
                "dataset",
                "Computer software",
                "Data file",
                "Preprint",
                "Software",
                "Video",
            ),
        )
        w.put("", closing + ". ")
        w.put(
            l.PUBLISHER,
            w.pick(
                "Zenodo",
                "Dryad",
                "figshare",
                "PANGAEA",
                "GitHub",
                "Harvard Dataverse",
                "YouTube",
            ),
        )
        if w.maybe(0.5):
            w.access()
        else:
            w.close()
    else:
        if w.maybe(0.4):
            w.put("", ". ")
            w.put(
                l.PUBLISHER,
                w.pick(
                    "BBC News",
                    "The Guardian",
                    "World Health Organization",
                    "Wikipedia",
                    "NASA",
                ),
            )
        w.access()
