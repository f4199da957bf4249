"""Styles for articles in journals and newspapers."""

from __future__ import annotations

from typing import Final

from freetext_writer import (
    LONG_MONTHS,
    MONTHS,
    STATUSES,
    Writer,
    form_pieces,
    numbered,
    options,
    quoted_title,
)
from lupusrefs.freetext import labels as l


def vancouver(w: Writer) -> None:
    """Medicine: abbreviated journals, "2010;12(3):4-5"."""
    w.authors()
    w.put(
        "",
        w.pick(". ", ". ", ", ", ": ", " ").replace(
            ". ", " " if w.pieces[-1][1].endswith(".") else ". "
        ),
    )
    w.put(l.TITLE, w.facts.title)
    w.put("", w.pick(". ", ". ", "? "))
    w.put(l.CONTAINER, w.container(short=0.8))
    w.put("", w.pick(". ", " ", ", ", ". "))
    if _unpublished(w):
        return
    w.put(l.ISSUED, w.date(with_month=0.3))
    volume = w.pick(";{}", "; {}", ";{}", ", {}", ". {}", ";vol. {}", ": {}")
    numbered(
        w,
        volume,
        w.pick("({})", " ({})", "({})", ""),
        w.pick(":{}", ": {}", ":{}", ", {}", ":p. {}"),
    )
    w.close()


def _unpublished(w: Writer) -> bool:
    """An article that is not out yet: a status in the place of its numbers."""
    if not w.maybe(0.12):
        return False
    status = w.pick(*STATUSES)
    if w.maybe(0.6):
        w.put(l.ISSUED, w.date(with_month=0.5))
        w.put("", w.pick(". ", " ", "; ", ", "))
    if w.maybe(0.5) or not w.facts.doi:
        w.put(l.STATUS, status)
        w.close()
    else:
        lead = w.pick("doi:", "doi: ", "https://doi.org/")
        w.put(l.DOI, lead + w.facts.doi)
        w.put("", w.pick(". ", " "))
        w.put(l.STATUS, status)
        w.put("", w.pick("", "."))
    return True


def apa(w: Writer) -> None:
    """Psychology and many others: the year in brackets behind the names."""
    w.authors()
    w.put("", " (")
    w.put(l.ISSUED, w.date(with_month=0.1))
    w.put("", w.pick("). ", "). ", ") ", "): ", "), "))
    quote = w.pick("", "", "", "'", "“")
    quoted_title(w, quote)
    w.put("", w.pick(". ", ". ", ", ", " ") if not quote else ", ")
    w.put(l.CONTAINER, w.container(short=0.3))
    volume = w.pick(", {}", ", {}", " {}", ", vol. {}", ", Vol. {}")
    numbered(
        w,
        volume,
        w.pick("({})", "({})", ", no. {}", " ({})", ", No. {}"),
        w.pick(", {}", ", {}", ": {}", ", pp. {}", ":{}"),
    )
    w.close()


def ieee(w: Writer) -> None:
    """Engineering: the title quoted, numbers named, the year at the end."""
    w.authors()
    w.put("", w.pick(", ", ", ", ". "))
    quoted_title(w, w.pick("“", '"', "‘", "'"), w.pick(",", "", ","))
    w.put("", w.pick(" ", ", ", " "))
    w.put(l.CONTAINER, w.container())
    number = w.pick(", no. {}", ", no. {}", ", No. {}", "({})", " ({})")
    numbered(
        w,
        w.pick(", vol. {}", ", vol. {}", ", Vol. {}", ", {}"),
        number,
        w.pick(", pp. {}", ", p. {}", ", pp. {}", ": {}"),
    )
    w.put("", ", ")
    w.put(l.ISSUED, w.date(with_month=0.4))
    w.close()


def chicago(w: Writer) -> None:
    """The humanities: the title quoted, the year before the pages."""
    w.authors()
    w.put("", " " if w.pieces[-1][1].endswith(".") else ". ")
    early = w.maybe(0.3)
    if early:
        w.put(l.ISSUED, w.date())
        w.put("", ". ")
    quote = w.pick("“", "“", '"', "‘")
    quoted_title(w, quote, w.pick(".", ".", ","))
    w.put("", " ")
    w.put(l.CONTAINER, w.container(short=0.1))
    if early:
        numbered(w, " {}", w.pick(" ({})", ", no. {}"), ": {}")
    else:
        facts = w.facts
        if facts.volume:
            w.put(l.VOLUME, w.pick(" {}", ", vol. {}", " {}").format(facts.volume))
            if facts.issue:
                for label, text in form_pieces(
                    l.ISSUE, w.pick(", no. {}", ".{}", ", no. {}"), facts.issue
                ):
                    w.put(label, text)
        w.put("", " (")
        w.put(l.ISSUED, w.date(with_month=0.3))
        w.put("", ")" if not facts.page else w.pick("): ", "): ", "), ", ") "))
        w.put(l.PAGE, w.pages())
    w.close()


def nature(w: Writer) -> None:
    """Volume, page and year behind the container, with or without a title."""
    w.authors()
    w.put("", w.pick(". ", ", ", " ", ": "))
    if w.maybe(0.6):
        w.put(l.TITLE, w.facts.title)
        w.put("", w.pick(". ", ", ", ". "))
    w.put(l.CONTAINER, w.container(short=0.9))
    kind = w.random.randint(0, 4)
    facts = w.facts
    if facts.volume and kind == 0:
        w.put("", " ")
        w.put(l.VOLUME, facts.volume)
        w.put("", " (")
        w.put(l.ISSUED, w.date())
        w.put("", w.pick(") ", "), ", "), no. "[:3], "): "))
        w.put(l.PAGE, w.pages())
        w.close()
        return
    if facts.volume and kind == 1:
        w.put("", w.pick(" ", ", "))
        w.put(l.ISSUED, w.date())
        numbered(
            w, w.pick(", {}", ",{}"), w.pick(" ({})", "({})", ""), w.pick(", {}", ",{}")
        )
        w.close()
        return
    numbered(
        w,
        w.pick(" {}", ", {}"),
        w.pick("", " ({})", "({})", ", no. {}"),
        w.pick(", {}", ":{}", ", pp. {}"),
    )
    w.put("", w.pick(" (", ", ("))
    w.put(l.ISSUED, w.date())
    w.put("", w.pick(")", ").", ")"))
    if w.maybe(0.3):
        w.close()


def plain(w: Writer) -> None:
    """Year behind the names and hardly any punctuation (IOP), or commas (astronomy)."""
    w.authors()
    w.put("", w.pick(" ", ", ", " "))
    w.put(l.ISSUED, w.date())
    comma = w.pick(" ", ", ")
    if w.maybe(0.4):
        w.put("", comma)
        w.put(l.TITLE, w.facts.title)
    w.put("", comma)
    w.put(l.CONTAINER, w.container(short=0.95))
    numbered(w, comma + "{}", w.pick("", "({})"), comma + "{}")
    w.put("", w.pick("", "."))


def german(w: Writer) -> None:
    """German habits: "In:", "Bd.", "S."."""
    w.authors()
    w.put("", w.pick(": ", ": ", " ("))
    early = w.pieces[-1][1] == " ("
    if early:
        w.put(l.ISSUED, w.date())
        w.put("", "): ")
    quoted_title(w, w.pick("", "", "„", "«"))
    w.put("", w.pick(". ", ", "))
    w.put(l.CONTAINER, w.pick("In: ", "In: ", "in: ", "") + w.container(short=0.3))
    numbered(
        w,
        w.pick(" {}", ", Bd. {}", ", {}", ", Jg. {}"),
        w.pick(", Nr. {}", ", H. {}", ", Heft {}", "({})", "/{}"),
        "",
    )
    if not early:
        w.put("", w.pick(" (", ", ("))
        w.put(l.ISSUED, w.date())
        w.put("", ")")
    if w.facts.page:
        w.put("", ", ")
        w.put(l.PAGE, "S. " + w.pages())
    w.close()


def french(w: Writer) -> None:
    """French habits: guillemets, "n°", "p."."""
    w.authors()
    w.put("", w.pick(", ", " (", ", "))
    early = w.pieces[-1][1] == " ("
    if early:
        w.put(l.ISSUED, w.date())
        w.put("", "), ")
    quoted_title(w, w.pick("« ", "“", "«"))
    w.put("", ", ")
    w.put(l.CONTAINER, w.pick("", "", "in ", "dans ") + w.container(short=0.1))
    numbered(
        w,
        w.pick(", vol. {}", ", t. {}", ", {}"),
        w.pick(", n° {}", ", n°{}", ", no {}", "({})"),
        "",
    )
    if not early:
        w.put("", ", ")
        w.put(l.ISSUED, w.date(with_month=0.2))
    if w.facts.page:
        w.put("", ", ")
        w.put(l.PAGE, w.pick("p. ", "pp. ") + w.pages())
    w.close()


def russian(w: Writer) -> None:
    """GOST 7.1: the container behind two strokes, dashes between the parts."""
    w.authors()
    w.put("", " " if w.pieces[-1][1].endswith(".") else w.pick(" ", ". "))
    w.put(l.TITLE, w.facts.title)
    w.put("", " // ")
    w.put(l.CONTAINER, w.container(short=0.2))
    between = w.pick(". – ", ". – ", ". ", ". - ")
    w.put("", between)
    w.put(l.ISSUED, w.date())
    volume, issue, page = w.pick("Т. |№ |С. ", "Vol. |No. |P. ", "Т. |Вып. |С. ").split(
        "|"
    )
    if w.facts.volume:
        w.put("", between)
        w.put(l.VOLUME, volume + w.facts.volume)
    if w.facts.issue:
        w.put("", w.pick(", ", between))
        w.put(l.ISSUE, issue + w.facts.issue)
    if w.facts.page:
        w.put("", between)
        w.put(l.PAGE, page + w.pages())
    w.close()


_PAPERS: Final = options(
    "The Times|New York Times|The Guardian|Le Monde|Bloomberg|Die Zeit|The Economist"
    "|Washington Post|El País|Science|Nature|The New Yorker|Scientific American"
    "|Chronicle of Higher Education|Wired|Süddeutsche Zeitung|Reuters|The Independent"
)


def newspaper(w: Writer) -> None:
    """An article in a newspaper: a day, and perhaps a page."""
    facts = w.facts
    facts.month = facts.month or w.random.randint(1, 12)
    facts.day = facts.day or w.random.randint(1, 28)
    month = w.random.choice((MONTHS, LONG_MONTHS))[facts.month - 1]
    w.authors()
    paper = w.pick(*_PAPERS)
    if w.maybe(0.5):
        w.put("", " (")
        w.put(l.ISSUED, w.pick(f"{facts.year}, {month} {facts.day}", f"{facts.year}"))
        w.put("", w.pick("). ", "), "))
        w.put(l.TITLE, facts.title)
        w.put("", ". ")
        w.put(l.CONTAINER, paper)
    else:
        w.put("", w.pick(", ", ". "))
        quoted_title(w, w.pick("“", '"', "‘", "« "), w.pick(",", ".", ""))
        w.put("", " ")
        w.put(l.CONTAINER, paper)
        w.put("", ", ")
        w.put(
            l.ISSUED,
            w.pick(
                f"{month} {facts.day}, {facts.year}",
                f"{facts.day} {month} {facts.year}",
            ),
        )
    if w.maybe(0.4):
        w.put("", ", ")
        w.put(l.PAGE, w.pick("p. ", "", "pp. ") + w.pick("A1", "B4", "12", "C3", "7–8"))
    if w.maybe(0.4):
        w.access()
    else:
        w.put("", ".")
