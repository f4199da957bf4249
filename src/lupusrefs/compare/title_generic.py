"""Titles that do not tell one work from another, and what stands around titles."""

from __future__ import annotations

import re
from typing import Final

# Headings that thousands of works have (comparison.md, B29), joined.
_GENERIC: Final = frozenset(
    """
    abstract abstracts abbreviations acknowledgement acknowledgements acknowledgment
    acknowledgments addendum advertisement announcement announcements annotation
    anmerkungen appendix appendices appendixa appendixb authorindex authorreply
    authorresponse authorsreply authorsresponse backcover backmatter bibliography
    bookreview bookreviews books briefcommunication briefreport buchbesprechungen
    buchbesprechung calendar casereport clinicalvignette comment commentary comments
    communication communications conclusion conclusions contents contributors
    copyrightpage correction corrections correspondence corrigenda corrigendum cover
    coverimage coverpicture decisionletter dedication discussion editorial
    editorialboard editorialcomment editorialcommentary editorialnote editorials
    editorschoice editorscomments editorsintroduction editorsnote einfuhrung einleitung
    epilogue errata erratum eventi figure figures foreword forthcoming forum
    frontcover frontispiece frontmatter fromtheeditor fromtheeditors geleitwort glossary
    guesteditorial highlights ihretermine imagesinclinicalmedicine impressum index
    inhalt inhaltsverzeichnis inbrief inmemoriam inthisissue instructionsforauthors
    instructionstoauthors internationalnews introduction introductiontothespecialissue
    issueinformation invitedcommentary invitedreview keywords letter letters
    lettertotheeditor letterstotheeditor letterfromtheeditor literatur
    masthead meetingabstracts meetingreport methods miscellaneous miscellany nachruf
    news newsandviews newsinbrief newsnotes nota note notes notesandnews
    notesoncontributors noticeboard obituaries obituary opinion originalarticle
    overview perspective perspectives personalia poster posters postersession
    postersessions preface preliminarymaterial preliminarypages presentacion
    presidentialaddress proceedings program prologue publishersnote recensiones
    recensions references rejoinder reply replies report response resume resumen
    resumes results retraction review reviewarticle reviewers reviewofbooks reviews
    rezensionen rezension shortcommunication specialissue subjectindex summary
    supplement supplementarymaterial tableofcontents table tables thisissue titelei
    title titlepage titlepages thankyoutoreviewers untitled viewpoint volumeindex
    vorwort introduccion conclusiones prefazione introduzione
    avantpropos preliminaire comptesrendus sommaire editoriale
    """.split()  # noqa: SIM905 - a list of words
)
_LONGEST: Final = 30
_CHAPTER: Final = re.compile(
    r"(?:chapter|section|part|appendix)?(?:[0-9]{0,3}|[ivx]{1,5})"
)

# Column names and other wrappers, joined (comparison.md, B30).
_COLUMN: Final = re.compile(
    r"(?:(?:book|film|software)?reviews?(?:of)?|bookreviews?|articles?|originalarticles?"
    r"|originalresearch|researcharticles?|reviewarticles?|casereports?|editorials?"
    r"|editorialcomment|letters?(?:totheeditor)?|correspondence|commentary|comment"
    r"|perspectives?|viewpoint|opinion|news|shortcommunications?|briefcommunications?"
    r"|briefreports?|clinicalstudy|clinicaltrials?|invitedreview|specialissue"
    r"|specialarticles?|guesteditorial|introduction|obituary|originalcontributions?"
    r"|symposium|technicalnotes?|researchnotes?|researchletters?|symposium|ascocolumn"
    r"|minireviews?|regulararticles?|fulllengtharticles?|hottopics?)"
)
# The bibliography of the book that is reviewed (comparison.md, B24, B30b).
_REVIEW: Final = re.compile(
    r"\bedited by\b|\beds?\.|\bpp\b|\bpages\b|\d\s*p\.|\bisbn\b|[£$€]\s*\d|\bprice\b"
    r"|\breviewed by\b|\bby [A-Z]|\bhardback\b|\bpaperback\b|\bcloth\b|\bpublish",
    re.IGNORECASE,
)


def is_generic(joined: str) -> bool:
    """Whether a title, in one word, is a heading that many works have (B29)."""
    if len(joined) > _LONGEST:
        return False
    return (
        joined in _GENERIC
        or _CHAPTER.fullmatch(joined) is not None
        or joined.strip("0123456789") in _GENERIC
    )


def is_column(joined: str) -> bool:
    """Whether words, in one, are the name of a journal's column (B30)."""
    return _COLUMN.fullmatch(joined) is not None


def describes_book(text: str) -> bool:
    """Whether a text reads like the bibliography of a book under review."""
    return _REVIEW.search(text) is not None
