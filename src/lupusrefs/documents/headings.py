"""Headings in running text: which of them opens a reference list, which ends one."""

from __future__ import annotations

import re
from enum import Enum
from typing import Final

_LONGEST: Final = 100  # characters; no heading of these kinds is longer

# What marks a line as a heading, or decorates it: Markdown, reStructuredText, Typst,
# AsciiDoc, LaTeX, bold type, numbers of chapters.
_LATEX: Final = re.compile(
    r"\\(?:begin|part|chapter|(?:sub){0,2}section|paragraph)\*?\{([^{}]*)\}.*"
)
_BEFORE: Final = re.compile(
    r"\A[\s#=*_>\uf000-\uf8ff■□●•▪◆|-]*"
    r"(?:(?:\d{1,2}|[ivxIVX]{1,5}|[A-H])(?:\.\d{1,2}){0,3}(?:[.):]|(?=\s))\s*)?[*_]*"
)
_AFTER: Final = re.compile(r"[\s:.#*_={}-]*(?:\{[^{}]*\})?\Z")
_SPACED: Final = re.compile(r"\w(?: \w){5,}\Z")

_LIST_WORDS: Final = (
    # English
    r"(?:(?:list of|selected|key|main|further|cited|additional|general|other|primary"
    r"|secondary|supplementa(?:l|ry)|web|online|works) )*"
    r"(?:references?|bibliograph(?:y|ies)|works cited|literature(?: cited)?|cited works"
    r"|sources|readings?|publications?|reference list|webliography|notes)"
    r"(?: (?:cited|list|section|consulted))?"
    r"(?: (?:and|&) (?:notes|sources|references|literature|bibliography|further reading"
    r"|recommended readings?))?"
    r"|original publications?|endnotes|footnotes|citations|works consulted"
    # German
    r"|thebibliography"
    r"|(?:(?:verwendete|zitierte|weiterführende|ausgewählte|weitere) )?"
    r"(?:literatur|quellen|bibliogra(?:ph|f)ie|referenzen|literaturangaben"
    r"|literaturhinweise|schrifttum|literaturnachweise?|quellenangaben"
    r"|originalpublikation(?:en)?|originalveröffentlichung(?:en)?|publikation(?:en)?"
    r"|anmerkungen|fußnoten|endnoten|internetquellen|primärliteratur"
    r"|sekundärliteratur)"
    r"(?:(?:- ?)?(?:verzeichnis|liste))?"
    r"(?:(?: und |/| & )(?:(?:quellen|literatur|internet)(?:- ?)?(?:verzeichnis)?"
    r"|quellenangaben|quellen|anmerkungen|materialien|internetquellen))?"
    r"|literatur-? ?(?:und|/) ?quellen(?:verzeichnis|angaben)?"
    r"|quellen-? ?(?:und|/) ?literaturverzeichnis"
    # French, Spanish, Portuguese, Italian, Catalan
    r"|r[ée]f[ée]rences(?: bibliographiques)?|bibliographie|ouvrages cités|sources"
    r"|(?:referencias?|referências?|riferimenti|referències)"
    r"(?: (?:bibliogr[áa]fic[ao]s|bibliografici|bibliogràfiques))?"
    r"|bibliograf[ií]a|literatura (?:citada|consultada)|obras citadas|opere citate"
    # Dutch, Swedish, Danish, Norwegian, Finnish, Polish, Czech, Hungarian, Turkish
    r"|(?:geraadpleegde )?literatuur(?:lijst)?|bronnen|referenties|referenser"
    r"|litteratur(?:liste|förteckning)?|källor|kilder|referanser|lähteet|kirjallisuus"
    r"|literatura|piśmiennictwo|źródła|použitá literatura"
    r"|seznam (?:použité )?literatury"
    r"|irodalom(?:jegyzék)?|hivatkozások|kaynak(?:lar|ça)|referințe|bibliografie"
    # Cyrillic, Greek, East Asian, Arabic, Persian
    r"|(?:список )?(?:использованн(?:ой|ая) )?литератур[аы]|библиография|источники"
    r"|список (?:литературы|використаних джерел)|література|βιβλιογραφία|αναφορές"
    r"|参考文献|參考文獻|引用文献|引用文獻|문헌|참고 ?문헌|المراجع|منابع"
)
_LIST: Final = re.compile(rf"(?:{_LIST_WORDS})(?: \(.{{0,30}}\))?")
# Notes may be references, and may be prose: what follows has to show it.
_NOTES: Final = re.compile(
    r"(?:end|foot)?notes|anmerkungen|fußnoten|endnoten|publications?"
    r"|publikation(?:en)?|sources|quellen|further readings?|readings?"
)
_CLOSING: Final = re.compile(
    r"(?:(?:about|über|zum|zur|zu den|on|information(?:en)? zu(?:r|m)?) )?"
    r"(?:(?:the|den|die|der) )?(?:authors?|autor(?:(?:inn?)?en|in)?s?|editors?"
    r"|verfasser(?:in(?:nen)?)?|contributors?|herausgeber)"
    r"(?:(?: (?:and|und) |/).{1,30})?(?:'?s? ?(?:note|biograph(?:y|ies)"
    r"|contributions?|addresse?s?|information|details|affiliations?))?"
    r"|(?:author )?biograph(?:y|ies)|biographical notes?|(?:author )?affiliations?"
    r"|(?:contact|kontakt|correspondence|korrespondenz(?:adresse)?|anschrift(?:en)?"
    r"|autorenangaben|impressum|citation|zitation|zitierweise)\b.{0,50}"
    r"|(?:appendi(?:x|ces)|anhang|anhänge|annex(?:es)?|anlagen?|anexos?)\b.*"
    r"|acknowledge?ments?\b.*|danksagung|remerciements|agradecimientos"
    r"|(?:conflicts?|declarations?) of (?:conflicting )?interests?|funding.{0,30}"
    r"|competing interests|author contributions?|data availability.{0,20}"
    r"|supplementary (?:materials?|information|data)|supporting information"
    r"|(?:figure|table) (?:legends?|captions?)|figures|tables|tabellen|abbildungen"
    r"|abbildungs(?:- und tabellen)?verzeichnis|tabellenverzeichnis"
    r"|(?:bereits|bisher|zuletzt|previously|recently|in dieser reihe|bislang) .{0,30}"
    r"(?:erschienen|veröffentlicht|published|publi).{0,60}"
    r"|.{0,30}(?:sind|bisher|bereits) erschienen\b.{0,40}"
    r"|(?:recent|previous|earlier|other|forthcoming) (?:titles|publications|issues"
    r"|(?:working|discussion) papers).{0,60}|in der reihe .{0,60}erschienen"
    r"|statistics from.{0,20}|request permissions|index|register|glossar(?:y)?"
    r"|\(? ?(?:manuscript )?(?:received|eingegangen|submitted):? .{0,90}"
    r"|©.{0,99}|(?:about|über) .{1,30}"
    r"|.{0,20}(?:publikationen|publications) (?:zum|on) .*"
    r"|abstracts?|summary|zusammenfassung|keywords|schlüsselwörter"
    r"|introduction|einleitung|conclusions?|fazit|methods|results|discussion"
)
_MARKED: Final = re.compile(
    # The fence of a block of code parts as a heading does.
    r"\s{0,3}(?:#{1,6}\s|```|~~~)|\s*={1,6}\s\S"
    r"|\s*\\(?:(?:sub){0,2}section|chapter|part|begin|end)\b"
)


def plain_heading(line: str) -> str:
    r"""What a heading says, in lower case, without what marks it as one.

    >>> plain_heading("## 7. References")
    'references'
    >>> plain_heading(r"\section*{R e f e r e n c e s}")
    'references'
    """
    if len(line) > 2 * _LONGEST:
        return ""
    text = line.strip()
    if latex := _LATEX.match(text):
        text = latex[1]
    text = _AFTER.sub("", _BEFORE.sub("", text, count=1))
    if _SPACED.match(text):
        text = text.replace(" ", "")
    return " ".join(text.casefold().split()) if len(text) <= _LONGEST else ""


_KEY: Final = re.compile(r"\s*[a-z]+:\s*")
# Lines of running text, which most lines are: long, and not at their beginning.
_RUNS_ON: Final = re.compile(r"\s*[^\W\dA-Z_].{45}|.{200}")


class Heading(Enum):
    """What the heading of a section says of references in it."""

    OPENS = "a reference list"
    MAY_OPEN = "notes or publications: what follows decides"
    CLOSES = "what usually follows a reference list"
    OTHER = "something else; only markup can tell that it is a heading"


def heading(line: str) -> Heading | None:
    r"""What a line says as a heading; None where it seems to be none.

    >>> heading("8 Literaturverzeichnis")
    <Heading.OPENS: 'a reference list'>
    >>> heading("Literatur ........ 23")
    """
    if _RUNS_ON.match(line):
        return None
    text = plain_heading(line)
    if not text:
        return None
    if _KEY.fullmatch(line):  # a key of YAML, which has references of its own
        return None
    if _NOTES.fullmatch(text):
        return Heading.MAY_OPEN
    if _LIST.fullmatch(text):
        return Heading.OPENS
    if _CLOSING.fullmatch(text):
        return Heading.CLOSES
    return Heading.OTHER if _MARKED.match(line) else None
