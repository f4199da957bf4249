"""A reference in the making: labelled pieces, and the parts that many styles have."""

from __future__ import annotations

import re
from random import Random
from typing import Final, TypeAlias

from freetext_facts import Facts
from freetext_names import NAME_STYLES, names
from lupusrefs.freetext import labels as l

Pieces: TypeAlias = list[tuple[str, str]]


def options(text: str) -> list[str]:
    """What chance may choose from, written with bars between."""
    return text.split("|")


MONTHS: Final = options("Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec")
LONG_MONTHS: Final = options(
    "January|February|March|April|May|June|July|August|September|October|November"
    "|December"
)
PLACES: Final = options(
    "London|New York|Cambridge|Oxford|Berlin|Paris|Amsterdam|Cambridge, MA|Chicago"
    "|Philadelphia|San Francisco|Heidelberg|Stuttgart|Leiden|Basel|Boston|München"
    "|Washington, DC|Thousand Oaks, CA|New York, NY|Hoboken, NJ|Madrid|Milano|Roma|Wien"
    "|Tokyo|Singapore|Geneva|Dordrecht|Princeton|New Haven|Edinburgh|Sydney|São Paulo"
)
PUBLISHERS: Final = options(
    "Springer|Oxford University Press|Cambridge University Press|Wiley|Elsevier"
    "|Routledge|MIT Press|Academic Press|W. W. Norton|Harvard University Press|Sage"
    "|Princeton University Press|McGraw-Hill|Thieme|de Gruyter|Brill|Palgrave Macmillan"
    "|Éditions du Seuil|Gallimard|Suhrkamp|Wiley-Blackwell|CRC Press|Karger|Penguin"
    "|University of Chicago Press|John Wiley & Sons|Presses Universitaires de France"
    "|Johns Hopkins University Press|World Scientific|North-Holland|Humana Press"
)
UNIVERSITIES: Final = options(
    "University of Oxford|Harvard University|Universität Heidelberg|Stanford University"
    "|Charité – Universitätsmedizin Berlin|Université Paris-Sorbonne|ETH Zürich"
    "|University of California, Berkeley|Lund University|Universidad de Salamanca"
    "|Massachusetts Institute of Technology|University of Tokyo|McGill University"
)
BODIES: Final = options(
    "World Health Organization|National Institute of Standards and Technology|OECD"
    "|European Commission|Centers for Disease Control and Prevention|UNESCO|World Bank"
    "|U.S. Geological Survey|Ministry of Health|International Energy Agency"
    "|Statistisches Bundesamt|National Research Council|NASA"
)
ORDINALS: Final = ("2nd", "3rd", "4th", "5th", "6th", "10th")
STATUSES: Final = (
    "[Epub ahead of print]",
    "Epub ahead of print",
    "Online ahead of print",
    "(in press)",
    "in press",
    "In press",
    "Advance online publication",
    "forthcoming",
    "(forthcoming)",
    "submitted",
    "Published online ahead of print",
)


class Writer:
    """Pieces of one reference: text, and the label of its words."""

    def __init__(self, facts: Facts, random: Random) -> None:
        self.facts = facts
        self.random = random
        self.pieces: Pieces = []
        self.style = random.choice(NAME_STYLES)
        self.most = random.choice((1, 1, 2, 3, 3, 6, 6, 10, 20))
        self.dash = random.choice("--–")

    def put(self, label: str, text: str) -> None:
        """A piece; without a label it is punctuation."""
        if text:
            self.pieces.append((label, text))

    def pick(self, *options: str) -> str:
        """One of several ways."""
        return self.random.choice(options)

    def maybe(self, share: float) -> bool:
        """True in a share of the cases, from 0 to 1."""
        return self.random.random() < share

    def authors(self) -> None:
        """The names of the authors."""
        written = names(self.style, self.facts.authors, self.most)
        if self.maybe(0.04):
            body = self.pick("ATLAS", "CMS", "LIGO Scientific", "GBD 2019", "Planck")
            body += self.pick(
                " Collaboration", " collaboration", " Group", " Consortium"
            )
            written = self.pick(
                *(f"{body}, {written}", f"{written}, {body}", body),
                f"{written}; BELIEVE Study Group",
                self.pick(*BODIES),
                f"{written} (for the {body})",
            )
        self.put(l.AUTHOR, written)

    def container(self, *, short: float = 0.5) -> str:
        """The name of the container, abbreviated in a share of the cases."""
        facts = self.facts
        name = facts.container or facts.short or "Journal of Studies"
        if facts.short and self.maybe(short):
            name = facts.short
            if self.maybe(0.3):
                name = name.replace(".", "")
        return name

    def pages(self) -> str:
        """The pages, written in full or shortened."""
        first, dash, last = self.facts.page.partition("-")
        if dash and last and self.maybe(0.2) and len(first) == len(last):
            same = 0
            while same < len(first) - 1 and first[same] == last[same]:
                same += 1
            last = last[same:]
        if dash and last and self.maybe(0.08):
            return first
        return first + (self.dash if dash else "") + last

    def number(self) -> None:
        """The label of the reference in its list."""
        if self.maybe(0.3):
            number = str(self.random.randint(1, 180))
            form = self.pick("[{}] ", "{}. ", "({}) ", "{} ", "[{}]. ")
            self.put(l.CITATION_NUMBER, form.format(number))

    def close(self) -> None:
        """What stands behind a reference: identifiers, access, a dot."""
        facts = self.facts
        end = "." if self.maybe(0.7) else ""
        if facts.doi and self.maybe(0.45):
            lead = self.pick(
                "doi:",
                "doi: ",
                "DOI: ",
                "https://doi.org/",
                "http://dx.doi.org/",
                "DOI ",
                "https://doi.org/",
                "doi:",
            )
            self.put("", self.pick(". ", ". ", ", ", " ", ". "))
            self.put(l.DOI, lead + facts.doi)
            end = self.pick("", ".", "")
        if self.maybe(0.06):
            self.put("", ". ")
            month, day = self.random.choice(MONTHS), self.random.randint(1, 28)
            self.put(l.NOTE, f"Epub {facts.year} {month} {day}")
            end = "."
        if self.maybe(0.06):
            self.put("", self.pick(". ", "; ", " "))
            self.put(l.IDENTIFIER, f"PMID: {self.random.randint(10**6, 3 * 10**7)}")
            if self.maybe(0.4):
                self.put("", self.pick("; ", ". "))
                self.put(l.IDENTIFIER, f"PMCID: PMC{self.random.randint(10**5, 10**7)}")
            end = "."
        self.put("", end)

    def access(self) -> None:
        """A link, and when it was looked at."""
        day, month = self.random.randint(1, 28), self.random.randint(0, 11)
        year = self.facts.year + self.random.randint(0, 8)
        date = self.pick(
            f"{LONG_MONTHS[month]} {day}, {year}",
            f"{day} {LONG_MONTHS[month]} {year}",
            f"{year} {MONTHS[month]} {day}",
            f"{day}.{month + 1}.{year}",
            f"{year}-{month + 1:02}-{day:02}",
            f"{day}/{month + 1}/{year}",
        )
        url = self.pick("https://www.", "http://", "https://", "www.") + self.pick(
            "who.int/publications/report.pdf",
            "example.org/data/set-17",
            "bbc.com/news/4711",
            "destatis.de/DE/Themen/_inhalt.html",
            "github.com/some/repository",
            "zenodo.org/record/123456",
            "nature.com/articles/d41586-020-00502-w",
        )
        form = self.pick(
            "Retrieved {date}, from |{url}",
            "Available from: |{url}",
            "|{url}| (accessed {date})",
            "Available at: |{url}| [Accessed {date}]",
            "Retrieved from |{url}",
            "URL: |{url}",
            "|{url}| (Zugriff am {date})",
            "Accessed {date}. |{url}",
            "[cited {date}]. Available from: |{url}",
            "|{url}| (consulté le {date})",
            "|{url}| Accessed {date}",
        )
        self.put("", self.pick(". ", ", ", " ", ". "))
        for part in form.split("|"):
            label = l.URL if "{url}" in part else l.ACCESSED
            self.put(label, part.format(date=date, url=url))
        self.put("", self.pick(".", ""))

    def date(self, *, with_month: float = 0.0) -> str:
        """The date, with its month in a share of the cases."""
        facts = self.facts
        year = str(facts.year)
        if self.maybe(0.03):
            year += self.pick("a", "b")
        if facts.month and self.maybe(with_month):
            month, long = MONTHS[facts.month - 1], LONG_MONTHS[facts.month - 1]
            day = str(facts.day or self.random.randint(1, 28))
            return self.pick(
                f"{month} {year}",
                f"{long} {year}",
                f"{year} {month}",
                f"{month}. {year}",
                f"{year} {month} {day}",
                f"{month} {day} {year}",
                f"{long} {day}, {year}",
                f"{day} {long} {year}",
                f"{year}, {long}",
            )
        return year


_CLOSERS: Final = {
    "": "",
    "'": "'",
    "“": "”",
    '"': '"',
    "‘": "’",
    "« ": " »",
    "„": "“",
    "«": "»",
}


def quoted_title(w: Writer, quote: str, inside: str = "") -> None:
    """A title in quotation marks, with what stands inside of them behind it."""
    w.put("", quote)
    w.put(l.TITLE, w.facts.title)
    w.put("", inside + _CLOSERS[quote])


def form_pieces(label: str, form: str, value: str) -> Pieces:
    """Punctuation before, the field with the word that names it, punctuation behind."""
    found = re.fullmatch(r"([^\w{]*)(.*\})([^}]*)", form)
    before, middle, after = found.groups() if found else ("", "{}", "")
    return [("", before), (label, middle.replace("{}", value)), ("", after)]


def numbered(w: Writer, volume: str, issue: str, page: str) -> None:
    """Volume, issue and pages in forms such as ``{};`` with the punctuation before."""
    facts = w.facts
    if facts.volume:
        w.put(*form_pieces(l.VOLUME, volume, facts.volume)[0])
        for label, text in form_pieces(l.VOLUME, volume, facts.volume)[1:]:
            w.put(label, text)
    if facts.issue and issue and facts.volume:
        for label, text in form_pieces(l.ISSUE, issue, facts.issue):
            w.put(label, text)
    if facts.page:
        for label, text in form_pieces(l.PAGE, page, w.pages()):
            w.put(label, text)
